import { join } from "node:path"; import { fileURLToPath } from "node:url"; import { chromium } from "playwright-core"; import { report } from "./report.mjs"; import { serve } from "./serve.mjs";
const HERE = fileURLToPath(new URL(".", import.meta.url)); const ours = process.argv[2], kib=+process.argv[3]||60, mode=process.argv[4]||'stream';
const long = report(kib*1024);
const server = await serve({"/ours/":ours,"/style.css":join(ours,"style.css"),"/":HERE},{});
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:["--no-sandbox","--disable-gpu","--disable-quic","--disable-dev-shm-usage"]});
const page = await b.newPage({viewport:{width:1280,height:900}}); page.on('pageerror',e=>console.log(e.message));
await page.goto(server.url+'/page.html');
await page.evaluate(async()=>{const d=await import('/driver.mjs');const m=await import('/ours/reading.js');await m.default();window.driver=d;window.open_renderer=()=>d.fromOurs(m,document.getElementById('host'));});
const s = await page.context().newCDPSession(page); const ev=[]; s.on('Tracing.dataCollected',({value})=>ev.push(...value));
if(mode!='stream'){ await page.evaluate(async g=>{const r=window.open_renderer(); r.prepare?.(g); await window.driver.atOnce(r,g); r.close();},report(5120)); }
await s.send('Tracing.start',{traceConfig:{includedCategories:['devtools.timeline','disabled-by-default-devtools.timeline','v8'],recordMode:'recordAsMuchAsPossible'},transferMode:'ReportEvents'});
const seen = mode=='stream'? await page.evaluate(([t])=>window.driver.stream(window.open_renderer(),t,{piece:40,every:10}),[long.markdown]) : await page.evaluate(async g=>{const r=window.open_renderer(); r.prepare?.(g); const s=await window.driver.atOnce(r,g); return s;},long);
const done=new Promise(r=>s.once('Tracing.tracingComplete',r)); await s.send('Tracing.end'); await done; console.log(seen);
const main=new Set(ev.filter(e=>e.name=='thread_name'&&e.args?.name=='CrRendererMain').map(e=>e.pid+'/'+e.tid));
const m=ev.filter(e=>main.has(e.pid+'/'+e.tid)&&e.ph=='X'); const t0=Math.min(...m.map(e=>e.ts));
const tasks=m.filter(e=>e.name=='RunTask').sort((a,b)=>mode=='stream'?(b.tdur||0)-(a.tdur||0):a.ts-b.ts).filter(t=>mode=='stream'||t.dur>3000).slice(0,mode=='stream'?14:40);
for(const t of tasks){const inn=m.filter(e=>e.ts>t.ts&&e.ts+e.dur<=t.ts+t.dur&&e.dur>800&&e.name!='RunTask').sort((a,b)=>b.dur-a.dur).slice(0,9).map(e=>e.name+' '+(e.dur/1000).toFixed(1)); console.log(((t.ts-t0)/1000).toFixed(0).padStart(6),'dur',(t.dur/1000).toFixed(1),'cpu',((t.tdur||0)/1000).toFixed(1),inn.join(', '));}
await b.close(); server.close();
