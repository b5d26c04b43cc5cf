export default async function main() {
  const log: unknown[] = []
  let a = await 1
  let b = 2
  ;[a, b] = [b, a]
  ;(await log).push(a)
  log.push(b)
  a
  ++
  b
  log.push(a, b)
  const f = async () => {
    await null
    return /* comment on the same line */ 'returned'
  }
  const g = async () => {
    await null
    return
    'unreachable'
  }
  log.push(await f(), await g())
  if (await false) {} else log.push('else'); do log.push('do'); while (await false) log.push('after do')
  const t = `a${await `b${await `c${await 'd'}`}`}` // nested
  log.push(t, /* in call */ await /* before operand */ 'x' /* after */)
  var v
  = await
    'across lines'
  log.push(v)
  return log
}
