#!/usr/bin/env node
// What the compiler leaves behind: migrations and the generated maps go to where the compiled code looks for them.
import { cpSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const DATA = new Set(['', '.sql', '.json'])
cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: path => DATA.has(extname(path)) })
