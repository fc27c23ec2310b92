"""Peers side by side with foedera: DuckDB and numpy on the tables of a bulk world (docs/bench.md), CPU time of one thread.

    python3 -m venv v && v/bin/pip install numpy duckdb
    v/bin/python bench/peers.py target/release/foedera data/x1

Each answer is compared with foedera's; the last column is how many times longer the peer took. The peers get what is hard for them
for free: links by year-end and tie matrices are made before the clock starts, and nothing is hashed or written.
"""
import json, os, subprocess, sys, time
os.environ['OMP_NUM_THREADS'] = os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np, duckdb
binary, d = sys.argv[1:3]
ours = json.loads(subprocess.run([binary, 'bench', d, '--only', 'w2bound,w3,w4,w5,w6', '--format', 'json'], capture_output=True, check=True).stdout)
def line(peer, workload, seconds, same):
    mine = ours[workload]['cpu_ms']
    print(f"{workload:8} {peer:7} {seconds*1e3:10.1f} ms   foedera {mine:8.3f} ms   {seconds*1e3/mine:7.0f} x   {'same answer' if same else 'ANSWERS DIFFER'}", flush=True)
def cpu(f,n=3):
    ts=[];r=None
    for _ in range(n):
        t=time.process_time(); r=f(); ts.append(time.process_time()-t)
    ts.sort(); return ts[len(ts)//2], r
def load():
    con=duckdb.connect(); con.execute("set threads=1")
    for t in 'regions states state_spells capabilities instruments phases members clauses clause_parties clause_adversaries clause_regions reservations queries'.split():
        con.execute(f"create table {t} as select * from read_csv('{d}/{t}.csv', header=true, all_varchar=false)")
    con.execute("create table ye as select y, make_date(y,12,31) d from range(1815,2019) t(y)")
    con.execute("create table sys as select y,sid from ye, state_spells s where s.begin<=d and (s.\"end\" is null or d<s.\"end\")")
    con.execute("create table mem as select distinct y,instr,sid from ye, members m where known_to is null and m.begin<=d and (m.\"end\" is null or d<m.\"end\")")
    con.execute("create table cl as select y,c.* from ye, clauses c join phases p using(phase) where c.known_to is null and p.begin<=d and (p.\"end\" is null or d<p.\"end\")")
    return con
t,con=cpu(load,1); line('duckdb','w6',t,True)
LINK="""create or replace table link as select c.y, c.clause, c.instr, c.pledge, c.intra, z.sid a, b.sid b from cl c join mem z on z.y=c.y and z.instr=c.instr
 join mem b on b.y=c.y and b.instr=c.instr and b.sid<>z.sid join sys s1 on s1.y=c.y and s1.sid=z.sid join sys s2 on s2.y=c.y and s2.sid=b.sid
 where (not exists(select 1 from clause_parties q where q.clause=c.clause and role='obligor') or exists(select 1 from clause_parties q where q.clause=c.clause and role='obligor' and q.sid=z.sid))
 and (not exists(select 1 from clause_parties q where q.clause=c.clause and role='beneficiary') or exists(select 1 from clause_parties q where q.clause=c.clause and role='beneficiary' and q.sid=b.sid))
 and not exists(select 1 from reservations r, ye where ye.y=c.y and r.clause=c.clause and r.sid=z.sid and (r.withdrawn is null or ye.d<r.withdrawn))"""
con.execute(LINK)
def w5():
    return con.execute("""with l as (select distinct y,clause,a,b from link), added as (select n.* from l n anti join l o on o.y=n.y-1 and o.clause=n.clause and o.a=n.a and o.b=n.b where n.y>1815),
    removed as (select o.* from l o anti join l n on o.y=n.y-1 and o.clause=n.clause and o.a=n.a and o.b=n.b where o.y<2018) select (select count(*) from added),(select count(*) from removed)""").fetchall()
t,r=cpu(w5); line('duckdb','w5',t,list(r[0])==[ours['w5']['added'],ours['w5']['removed']])
def w2():
    con.execute("""create or replace temp table anc as with recursive a(r,up) as (select region,region from regions union all select a.r,g.parent from a join regions g on g.region=a.up where g.parent is not null) select * from a""")
    con.execute("""create or replace temp table dl as select l.* from link l join states s on s.sid=l.b where l.pledge='D' and (not exists(select 1 from clause_regions q where q.clause=l.clause) or exists(select 1 from clause_regions q join anc on anc.up=q.region where q.clause=l.clause and anc.r=s.home))""")
    return con.execute("""select count(*) from (select distinct l.y,x.sid,l.b,l.a from dl l join sys x on x.y=l.y and x.sid<>l.a and x.sid<>l.b
      where (l.intra=1 or not exists(select 1 from mem m where m.y=l.y and m.instr=l.instr and m.sid=x.sid))
      and (not exists(select 1 from clause_adversaries q where q.clause=l.clause and kind='only') or exists(select 1 from clause_adversaries q where q.clause=l.clause and kind='only' and q.sid=x.sid))
      and not exists(select 1 from clause_adversaries q where q.clause=l.clause and kind='except' and q.sid=x.sid))""").fetchall()
t,r=cpu(w2,1); line('duckdb','w2bound',t,r[0][0]==ours['w2bound']['bound'])
# numpy W4: all four measures, from given tie matrices
ties={}
for y,p,a,b in con.execute("select distinct y,pledge,a,b from link where pledge<>'O'").fetchall():
    ties.setdefault(y,[]).append((p,a,b))
S={y:sorted(x) for y,x in ((y,[r[0] for r in con.execute('select sid from sys where y=?',[y]).fetchall()]) for y in range(1815,2019))}
caps={}
for s,y,c in con.execute('select sid,year,cap from capabilities').fetchall(): caps[(s,y)]=c
mats={}
for y in range(1815,2019):
    ix={s:i for i,s in enumerate(S[y])}; n=len(ix); V=np.zeros((n,n),np.int32)
    for p,a,b in ties.get(y,[]):
        v={'D':3,'N':2,'A':2,'C':1}[p]; i,j=ix[a],ix[b]
        V[i,j]=max(V[i,j],v); V[j,i]=max(V[j,i],v)
    np.fill_diagonal(V,3); mats[y]=(V,np.array([caps[(s,y)] for s in S[y]],float))
def w4():
    tot=np.zeros(4); n_=0
    for y,(V,w) in mats.items():
        n=len(V)
        if n<2: continue
        F=V.astype(float); L=[(F>=t).astype(float) for t in (1,2,3)]
        mn=sum(l@l.T for l in L); mw=sum((l*w)@l.T for l in L)
        s=F.sum(1); q=(F*F).sum(1); sw=F@w; dot=F@F.T
        L1=s[:,None]+s-2*mn; L2=q[:,None]+q-2*dot; Lw=sw[:,None]+sw-2*mw
        iu=np.triu_indices(n,1)
        tot+= [ (1-2*L1[iu]/(3*n)).sum(), (1-2*Lw[iu]/(3*w.sum())).sum(), (1-2*n*L2[iu]/(2*n*(q[:,None]+q)[iu]-((s[:,None]+s)[iu])**2)).sum(), (1-n*L2[iu]/(n*(q[:,None]+q)[iu]-2*(s[:,None]*s)[iu])).sum()]
        n_+=len(iu[0])
    return n_,tot
t,r=cpu(w4); line('numpy','w4',t,r[0]==ours['w4']['n'] and np.allclose(r[1],[ours['w4'][k] for k in ('S','Sw','pi','kappa')],rtol=1e-9,atol=0))
def w3():
    return con.execute("""with sp as (select m.instr,m.sid,greatest(m.begin,s.begin) b, least(coalesce(m."end",date '2019-01-01'),coalesce(s."end",date '2019-01-01')) e from members m join state_spells s using(sid) where m.known_to is null),
     l as (select c.pledge,x.sid a,z.sid b, greatest(x.b,z.b,p.begin,coalesce((select max(coalesce(withdrawn,date '2019-01-01')) from reservations r where r.clause=c.clause and r.sid=x.sid),date '1700-01-01')) lo, least(x.e,z.e,coalesce(p."end",date '2019-01-01')) hi
      from clauses c join phases p using(phase) join sp x on x.instr=c.instr join sp z on z.instr=c.instr and z.sid<>x.sid where c.known_to is null
      and (not exists(select 1 from clause_parties q where q.clause=c.clause and role='obligor') or exists(select 1 from clause_parties q where q.clause=c.clause and role='obligor' and q.sid=x.sid))
      and (not exists(select 1 from clause_parties q where q.clause=c.clause and role='beneficiary') or exists(select 1 from clause_parties q where q.clause=c.clause and role='beneficiary' and q.sid=z.sid)))
     select count(*) from (select y,a,b, max((pledge='D')::int) d, max((pledge='O')::int) o, max((pledge='N')::int) n,max((pledge='A')::int) na,max((pledge='C')::int) c from l, range(1815,2019) t(y) where lo<hi and y between greatest(1815,year(lo)) and least(2018,year(hi - interval 1 day)) group by all order by all)""").fetchall()
t,r=cpu(w3); line('duckdb','w3',t,r[0][0]==ours['w3']['rows'])
