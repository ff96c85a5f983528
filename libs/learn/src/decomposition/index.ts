export { type AxisCount, type Pca, fitPca, projected } from './pca.js';
