export { jobName, readJobName } from './job-names.js';
export { localise } from './localise.js';
export { openedText } from './openings.js';
export { queryReason } from './query-reasons.js';
export { storyOf } from './story-of.js';
export { errorText, problemText, text, type TextKey } from './texts.js';
