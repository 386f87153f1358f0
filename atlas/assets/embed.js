(()=>{
const d=document,tip=d.getElementById("tip"),say=d.getElementById("say"),top=parent===window?null:parent;
const tell=()=>top&&top.postMessage({type:"regime-atlas:height",height:Math.ceil(d.body.getBoundingClientRect().height)},"*");
new ResizeObserver(tell).observe(d.body);addEventListener("load",tell);
const rank=new Map([...d.querySelectorAll("tr[data-for]")].map((row,i)=>[row.dataset.for,i]));
const all=[],words=new Map();
const by={};
d.querySelectorAll("svg title").forEach(title=>{const mark=title.parentNode;words.set(mark,title.textContent);title.remove();by[mark.dataset.id]??=words.get(mark)});
d.querySelectorAll("svg [data-id]").forEach(mark=>{if(!words.has(mark))words.set(mark,by[mark.dataset.id]);all.push(mark)});
if(!all.length)return;
all.forEach((mark,i)=>{mark.at=[rank.get(mark.dataset.id)??0,i];mark.setAttribute("role","img");mark.setAttribute("aria-label",words.get(mark));mark.tabIndex=-1});
all.sort((a,b)=>a.at[0]-b.at[0]||a.at[1]-b.at[1]);
d.querySelectorAll("svg[role=img]").forEach(svg=>{const count=svg.querySelectorAll("[data-id]").length;if(count){svg.setAttribute("role",count>1?"group":"none");if(count===1)svg.removeAttribute("aria-label")}});
const hint=d.getElementById("hint");hint.hidden=false;
const shown=()=>all.filter(mark=>mark.getClientRects().length);
let on=null,entry=null;
const enter=()=>{const mark=shown()[0];if(entry!==mark){if(entry)entry.tabIndex=-1;entry=mark;if(mark)mark.tabIndex=0}};
const hide=()=>{if(on)on.classList.remove("on");on=null;tip.hidden=true;say.textContent=""};
const show=(mark,x,y,aloud)=>{
if(on!==mark){hide();on=mark;mark.classList.add("on");tip.textContent=words.get(mark);tip.hidden=false}
if(aloud)say.textContent=words.get(mark);
const w=tip.offsetWidth,h=tip.offsetHeight;
tip.style.left=Math.max(8,Math.min(x+12,innerWidth-w-8))+"px";tip.style.top=(y-h-12<4?y+16:y-h-12)+"px"};
const find=target=>{for(let node=target;node&&node!==d;node=node.parentNode)if(words.has(node))return node;return null};
d.addEventListener("pointermove",e=>{if(e.pointerType!=="touch"){const mark=find(e.target);mark?show(mark,e.clientX,e.clientY,false):on&&on!==d.activeElement&&hide()}});
d.addEventListener("click",e=>{const mark=find(e.target);mark?show(mark,e.clientX,e.clientY,true):hide()});
d.addEventListener("focusin",e=>{const mark=find(e.target);if(mark){const box=mark.getBoundingClientRect();show(mark,box.left+box.width/2,box.top,false)}});
d.addEventListener("focusout",hide);addEventListener("scroll",hide,{passive:true});
d.addEventListener("keydown",e=>{
if(e.key==="Escape"){hide();return}
const here=d.activeElement;if(!words.has(here))return;
const marks=shown(),i=marks.indexOf(here),step={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key];
const to=step?(i+step+marks.length)%marks.length:e.key==="Home"?0:e.key==="End"?marks.length-1:-1;
if(to<0)return;e.preventDefault();here.tabIndex=-1;entry=marks[to];entry.tabIndex=0;entry.focus();
});
enter();addEventListener("resize",()=>{hide();if(!entry||!entry.getClientRects().length)enter()});
})()
