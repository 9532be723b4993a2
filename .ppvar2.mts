import fs from 'node:fs'
import { loadDocument } from '/work/main/src/imaging/load.ts'
import { createOcrEngine } from '/work/main/src/ocr/registry.ts'
import { turn } from '/work/main/src/extractors/read-pages.ts'
import { wordConfidence } from '/work/main/src/core/document.ts'
const files=fs.readFileSync('/tmp/sub.txt','utf8').trim().split('\n').slice(0,14)
const docs=[] as any[]; for(const f of files) docs.push((await loadDocument(fs.readFileSync(f))).pages[0]!)
for(const n of ['pp-ocr']){ const e=await createOcrEngine(n); const ts=[],cs=[],us=[]
 await e.recognize(docs[0])
 for(const p of docs){const t=performance.now(); const r=await e.recognize(p); ts.push(performance.now()-t); cs.push(wordConfidence(r.rows.flatMap((x:any)=>x.words)))}
 for(const p of docs.slice(0,6)){const r=await e.recognize(turn(p)); us.push(wordConfidence(r.rows.flatMap((x:any)=>x.words)))}
 console.log(n,'mean ms',ts.reduce((a,b)=>a+b)/ts.length|0,'median',ts.sort((a,b)=>a-b)[7]!|0,'conf min',Math.min(...cs).toFixed(2),'turned',us.map(x=>x.toFixed(2)).join(' '),'rss',process.memoryUsage.rss()/1e6|0); await e.dispose?.() }
