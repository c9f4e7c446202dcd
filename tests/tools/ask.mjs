// Answers SPARQL queries by Comunica over a TriG or N-Quads file. Arguments: the file, then the queries' files.
// Prints one line of JSON a query: {file, rows: [{variable: [kind, value, datatype, language]}]} or {file, error}.
import { readFileSync } from 'node:fs'
import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import { Parser, Store } from 'n3'

const [data, ...queries] = process.argv.slice(2)
const store = new Store(new Parser({ format: 'application/trig' }).parse(readFileSync(data, 'utf8')))
const engine = new QueryEngine()
for (const file of queries) {
  try {
    const answer = await engine.queryBindings(readFileSync(file, 'utf8'), { sources: [store], unionDefaultGraph: true })
    const rows = []
    for await (const bindings of answer) {
      rows.push(Object.fromEntries([...bindings].map(([name, term]) => [name.value, term.value])))
    }
    console.log(JSON.stringify({ file, rows }))
  } catch (error) {
    console.log(JSON.stringify({ file, error: String(error).slice(0, 400) }))
  }
}
