import { Req, RequestMapping, RequestMethod, Res, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { addressOf, AppError, type HandlerAnswer, type InputOf, isTrackerRoute, type Route } from '#contract';

import { type Call, currentCall, RequestCall } from './call.js';
import { readInput } from './read-input.js';
import { answerText, sendRevalidated, sendText, writeAnswer } from './write-answer.js';

/** Where a controller method keeps the route it implements. */
export const ROUTE = 'millrace:route';

type Handler<R extends Route> = (input: InputOf<R>, call: Call) => HandlerAnswer<R> | Promise<HandlerAnswer<R>>;

/**
 * Binds a controller method to a route of the contract; the compiler checks its input and its answer. Method, path,
 * status, parsing and documentation come from the route, so a method is three lines:
 *
 * ```ts
 * @Controller()
 * export class JobController {
 *   constructor(@Inject(PORTS) private readonly ports: Ports) {}
 *
 *   @Implements(jobRoutes.status)
 *   status({ params }: InputOf<typeof jobRoutes.status>) {
 *     return readJobStatus(this.ports, params.id);
 *   }
 *
 *   // `form` routes: every file part is in storage already; the use case owns `files` from here on, and when it throws,
 *   // they are removed. `call` knows the request: { requestId, locale, signal, lastEventId }.
 *   @Implements(jobRoutes.submit)
 *   submit({ form, files }: InputOf<typeof jobRoutes.submit>, { requestId }: Call) {
 *     return submitJob(this.ports, { ...form, file: files[0], requestId });
 *   }
 * }
 * ```
 *
 * `stream: 'file'` routes answer a `FileAnswer`, `stream: 'events'` routes an async iterable of `ServerEvent`s; throw
 * `AppError` for anything a person can put right. Then add the controller to `app.module.ts` and the group of routes to
 * `routes` in `#contract`: the API refuses to start when a route there has no implementation, or two.
 * `alsoAt` names further addresses, from the root.
 */
export function Implements<R extends Route>(route: R, { alsoAt = [] }: { alsoAt?: readonly string[] } = {}) {
  return <M extends Handler<R>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const handler = descriptor.value!;
    const serve = function (this: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const call = new RequestCall(request, reply);
      return currentCall.run(call, () => answer(route, handler.bind(this), request, reply, call));
    };
    descriptor.value = serve as unknown as M;
    Req()(target, key, 0);
    Res()(target, key, 1);
    const path = [addressOf(route), ...alsoAt];
    RequestMapping({ path, method: RequestMethod[route.method] })(target, key, descriptor);
    SetMetadata(ROUTE, route)(target, key, descriptor);
    const config = {
      open: route.open === true,
      live: route.stream === 'events' || route.effect === true,
      tracker: isTrackerRoute(route),
      bytes: route.bytes === true,
      form: route.form !== undefined && route.body === undefined,
      dialect: route.dialect,
    };
    RouteConfig(config)(target, key, descriptor);
  };
}

async function answer<R extends Route>(
  route: R,
  handler: Handler<R>,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
): Promise<void> {
  if (route.method === 'GET' && route.stream === undefined && !route.effect)
    return answerRead(route, handler, request, reply, call);
  const { storeFile } = request.server.millrace;
  const { input, form } = await readInput(route, request, storeFile, call.locale);
  let given: HandlerAnswer<R>;
  try {
    given = await called(route, handler, input, call);
  } catch (error) {
    await form?.discard();
    throw error;
  }
  await writeAnswer(route, given, request, reply, call);
}

/** Runs the handler; what it refuses begins with the words of the route, where it has some. */
async function called<R extends Route>(
  { opening }: Route,
  handler: Handler<R>,
  input: InputOf<R>,
  call: Call,
): Promise<HandlerAnswer<R>> {
  try {
    return await handler(input, call);
  } catch (error) {
    if (!(error instanceof AppError) || !opening?.at.includes(error.status)) throw error;
    throw new AppError(error.code, error.values, { cause: error, opening: opening.words });
  }
}

/** Reads of JSON may be shared: address, language and time zone are all their answers depend on. */
async function answerRead<R extends Route>(
  route: R,
  handler: Handler<R>,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
): Promise<void> {
  const { storeFile, checkAnswers, reads } = request.server.millrace;
  const text = await reads.read(
    `${call.caller.projectId ?? ''} ${call.caller.user} ${call.locale} ${call.timezoneOffset} ${request.raw.url ?? ''}`,
    call,
    (shared) =>
      currentCall.run(shared, async () => {
        const { input } = await readInput(route, request, storeFile, shared.locale);
        const given = await called(route, handler, input, shared);
        return answerText(route, given, shared.locale, checkAnswers);
      }),
  );
  if (route.revalidate) sendRevalidated(route, text, request, reply);
  else sendText(route, text, reply);
}
