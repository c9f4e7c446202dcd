// Parses a file with N3.js. Arguments: the file, its media type. Prints how many statements it holds.
import { readFileSync } from 'node:fs'
import { Parser } from 'n3'

const [file, format] = process.argv.slice(2)
console.log(new Parser({ format }).parse(readFileSync(file, 'utf8')).length)
