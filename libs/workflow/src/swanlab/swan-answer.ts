/** SwanLab's envelope around what was asked. */
export const success = <D>(data: D): { code: 0; message: 'success'; data: D } => ({
  code: 0,
  message: 'success',
  data,
});
