export { issueTexts } from './issue-texts.js';
export { localise } from './localise.js';
export { storyOf } from './story-of.js';
export { errorText, problemText, text, type TextKey } from './texts.js';
