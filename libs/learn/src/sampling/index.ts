export { type Between, type SmoteOrder, classNeighbours, smote } from './smote.js';
