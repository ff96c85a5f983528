import { execute, GraphQLError, parse, specifiedRules, validate } from 'graphql';

import { AppError, type AnswerOf, type Caller, type InputOf, type Locale, type mlDashRoutes } from '#contract';
import { errorText } from '#i18n';

import type { Ports } from '../../ports.js';
import { Asking } from './loaders.js';
import { checkBrackets, limitQuery } from './query-cost.js';
import { rootOf } from './resolve-query.js';
import { schema } from './schema.js';

type Answer = AnswerOf<typeof mlDashRoutes.graphql>;

/** Words and marks of a query: validation compares them in pairs. */
const MAX_TOKENS = 4000;
const MAX_ERRORS = 20;

/**
 * Answers a GraphQL query. What is wrong with it stands in `errors`; the client reads them with any status.
 * @throws what has nothing to do with the query, an outage of the database for one.
 */
export async function answerQuery(
  ports: Ports,
  { caller, locale }: { readonly caller: Caller; readonly locale: Locale },
  { query, variables, operationName }: InputOf<typeof mlDashRoutes.graphql>['body'],
): Promise<Answer> {
  const given = variables ?? {};
  try {
    checkBrackets(query);
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
    const faults = validate(schema, document, [limitQuery(given), ...specifiedRules], { maxErrors: MAX_ERRORS });
    if (faults.length > 0) return { errors: faults.map((fault) => wireError(fault, locale)) };
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: rootOf(new Asking(ports, caller)),
      variableValues: given,
      operationName: operationName ?? null,
    });
    const found = errors?.map((error) => wireError(error, locale));
    return { ...(data === undefined ? {} : { data: data && { ...data } }), ...(found ? { errors: found } : {}) };
  } catch (error) {
    if (error instanceof GraphQLError && isOfQuery(error)) return { errors: [wireError(error, locale)] };
    throw error;
  }
}

/** Whether the query is to blame, or a rule of ours that it met. */
const isOfQuery = ({ originalError }: GraphQLError): boolean =>
  originalError === undefined || originalError instanceof GraphQLError || originalError instanceof AppError;

/** @throws the original error when it is a fault or an outage of ours. */
function wireError(error: GraphQLError, locale: Locale): { message: string; path?: (string | number)[] } {
  const { originalError, message, path } = error;
  if (!isOfQuery(error)) throw originalError!;
  const text =
    originalError instanceof AppError ? errorText(originalError.code, originalError.values, locale) : message;
  return { message: text, ...(path ? { path: [...path] } : {}) };
}
