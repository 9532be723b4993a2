import fs from 'node:fs'
import { rebuildRows } from '/work/main/src/ocr/rows.ts'
const b='/work/shared/data/sroie-train/',al=(s:string)=>s.toLowerCase().replace(/[^\p{L}\p{N}]/gu,'')
for(const k of [1,.85,.7,.6,.5,.4]){ const F:any={company:0,date:0,address:0,total:0},N:any={...F}
for(const f of fs.readdirSync('/tmp/ppflat')){const t=JSON.parse(fs.readFileSync(b+'truth/'+f,'utf8'));const {words}=JSON.parse(fs.readFileSync('/tmp/ppflat/'+f,'utf8'))
 const rows=rebuildRows(words.map((w:any)=>{const c=(w.box[1]+w.box[3])/2,h=(w.box[3]-w.box[1])/2*k;return {...w,box:[w.box[0],c-h,w.box[2],c+h]}}))
 const page=al(rows.map(r=>r.words.map(w=>w.text).join('')).join(''))
 for(const q in F){if(!t[q])continue;N[q]++;if(page.includes(al(q==='total'?t[q].replace(/^RM|\$/,''):t[q])))F[q]++}}
console.log(k,Object.keys(F).map(q=>q+' '+(F[q]/N[q]).toFixed(3)).join(' '))}
