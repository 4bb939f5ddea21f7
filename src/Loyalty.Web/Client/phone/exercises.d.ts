/** Written by build.mjs: the `enhance` of every exercise type that has a script, by type name. */
declare module 'exercises' {
  export const exercises: Record<string, import('./tools').Enhance>;
}
