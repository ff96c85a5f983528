import { z } from 'zod';

/** The page's policy forbids making code out of text; zod would try, so it is told before any schema is made. */
z.config({ jitless: true });
