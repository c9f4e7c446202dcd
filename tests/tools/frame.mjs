// Frames a JSON-LD document. Arguments: the document, the frame, its context, the @id of the root. Prints the result.
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'

const [data, frame, context, root] = process.argv.slice(2)
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: read(context) })
const asked = { ...read(frame), '@context': 'https://context.example/context.jsonld', '@id': root }
const framed = await jsonld.frame(read(data), asked, { omitGraph: true, documentLoader })
console.log(JSON.stringify(framed))
