import { z } from 'zod';

import { Nothing, route } from './route.js';

const tag = 'sign-in';

/** Browsers cannot send a bearer token with a page, an EventSource or a WebSocket: they trade it for a cookie. */
export const signInRoutes = {
  signIn: route({
    method: 'POST',
    path: '/sign-in',
    tag,
    summary: 'Trade the token for a cookie of twelve hours',
    description: 'The cookie is HttpOnly and SameSite=Strict and holds a signature, never the token.',
    body: z.object({ token: z.string().max(1000) }),
    status: 204,
    answer: Nothing,
    open: true,
    example: { body: { token: 'the value of MILLRACE_TOKEN' } },
  }),
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    tag,
    summary: 'Forget the cookie',
    status: 204,
    answer: Nothing,
    open: true,
  }),
} as const;
