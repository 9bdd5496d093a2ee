/** Types of the part of fengari (Lua 5.3 in JavaScript) that the tests of the health checks use. The package has no types. */
declare module 'fengari' {
  type State = { readonly state: unique symbol }
  export const lua: {
    readonly LUA_OK: 0
    lua_pcall(state: State, args: number, results: number, handler: number): number
    lua_tojsstring(state: State, index: number): string
  }
  export const lauxlib: {
    luaL_newstate(): State
    luaL_loadstring(state: State, source: Uint8Array): number
  }
  export const lualib: { luaL_openlibs(state: State): void }
  export function to_luastring(text: string): Uint8Array
}
