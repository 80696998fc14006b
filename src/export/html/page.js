(function(){var box=document.getElementById('find'),told=document.getElementById('found');
if(!box)return;document.getElementById('search').hidden=false;
var all=document.querySelectorAll('.item,.points>li'),texts=[];
function text(n){if(!texts[n])texts[n]=all[n].textContent.toLowerCase();return texts[n]}
var wait;box.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(look,120)});
function look(){var words=box.value.toLowerCase().split(/\s+/).filter(Boolean),count=0;
for(var n=0;n<all.length;n++){var there=words.every(function(w){return text(n).indexOf(w)>=0});
all[n].hidden=!there;if(there)count++}
document.querySelectorAll('details.cell').forEach(function(cell){
var some=cell.querySelector('li:not([hidden])');cell.hidden=!some;cell.open=words.length>0&&!!some});
told.textContent=words.length?count+' found':''}
window.addEventListener('beforeprint',function(){document.querySelectorAll('details').forEach(
function(d){d.dataset.was=d.open;d.open=true})});
window.addEventListener('afterprint',function(){document.querySelectorAll('details').forEach(
function(d){d.open=d.dataset.was==='true'})});
})();
