"""The answers to the workloads of docs/bench.md for any world, by rows and sets: no index, no engine, nothing but Python itself.

    python3 bench/check.py data/x1 > expected.json          # minutes; `data/x1 w1e,w3` for these alone
    foedera bench data/x1 --expect expected.json            # exits with 1 if an answer differs

In: a folder of tables. Out: JSON in the form `foedera bench --expect` reads. What always holds: this shares no line with the
engine, not even how a table is read; it is written to be read beside the page.
"""
import csv, functools, hashlib, json, os, sys
from datetime import date

DIR = sys.argv[1]
PRIME = 2**31 - 1
FOREVER, LATEST = 10**9, None
PLEDGES = 'DONAC'


def f(k):
    m = k % PRIME
    return (m * m + 48271 * m + 1) % PRIME


def table(name):
    path = os.path.join(DIR, name + '.csv')
    if not os.path.exists(path):
        return []
    with open(path, newline='') as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text).toordinal() if text else FOREVER


def dated(row):
    """The interval by each reading: as told, certain, possible."""
    end = day(row['end'])
    return {'told': (day(row['begin']), end),
            'certain': (day(row['begin_hi']), FOREVER if end == FOREVER else day(row['end_lo'])),
            'possible': (day(row['begin_lo']), FOREVER if end == FOREVER else day(row['end_hi']))}


def holds(interval, on):
    return interval[0] <= on < interval[1]


def known(row, when):
    return row['to'] == FOREVER if when is LATEST else row['from'] <= when < row['to']


PARENT = {int(r['region']): int(r['parent'] or 0) for r in table('regions')}
HOME = {int(r['sid']): int(r['home']) for r in table('states')}
SPELLS, CAPS, PHASES, MEMBERS, CLAUSES, RESERVED = {}, {}, {}, {}, {}, {}
for r in table('state_spells'):
    SPELLS.setdefault(int(r['sid']), []).append((day(r['begin']), day(r['end'])))
for r in table('capabilities'):
    CAPS[int(r['sid']), int(r['year'])] = int(r['cap'])
for r in table('phases'):
    PHASES[int(r['phase'])] = dated(r)
for r in table('members'):
    MEMBERS.setdefault(int(r['instr']), []).append(
        {'sid': int(r['sid']), 'dates': dated(r), 'from': day(r['known_from']), 'to': day(r['known_to'])})
for r in table('clauses'):
    CLAUSES[int(r['clause'])] = {
        'phase': PHASES[int(r['phase'])], 'instr': int(r['instr']), 'pledge': r['pledge'], 'any': r['trigger'] == 'any',
        'intra': r['intra'] == '1', 'from': day(r['known_from']), 'to': day(r['known_to']),
        'obligor': set(), 'beneficiary': set(), 'only': set(), 'except': set(), 'regions': set()}
for r in table('clause_parties'):
    CLAUSES[int(r['clause'])][r['role']].add(int(r['sid']))
for r in table('clause_adversaries'):
    CLAUSES[int(r['clause'])][r['kind']].add(int(r['sid']))
for r in table('clause_regions'):
    CLAUSES[int(r['clause'])]['regions'].add(int(r['region']))
for r in table('reservations'):
    RESERVED.setdefault(int(r['clause']), []).append((int(r['sid']), day(r['withdrawn'])))


def system(on):
    return {s for s, spells in SPELLS.items() if any(holds(i, on) for i in spells)}


def members(instr, on, when, reading='told'):
    return {m['sid'] for m in MEMBERS.get(instr, []) if known(m, when) and holds(m['dates'][reading], on)}


def listed(clause, role, states):
    return states & clause[role] if clause[role] else states


def reserving(number, on):
    return {s for s, withdrawn in RESERVED.get(number, []) if on < withdrawn}


class World:
    """What binds on one day, as known on another: of each clause its debtors, beneficiaries and the members not counted as enemies."""

    def __init__(self, on, when, reading='told'):
        self.on, self.system, self.clauses = on, system(on), {}
        other = {'told': 'told', 'certain': 'possible', 'possible': 'certain'}[reading]
        for number, c in CLAUSES.items():
            if not known(c, when) or not holds(c['phase'][reading], on):
                continue
            inside = members(c['instr'], on, when, reading) & self.system
            debtors = listed(c, 'obligor', inside) - reserving(number, on)
            spared = set() if c['intra'] else members(c['instr'], on, when, other)
            self.clauses[number] = (c, debtors, listed(c, 'beneficiary', inside), spared)

    def of(self, pledge):
        return [(n, *rest) for n, rest in self.clauses.items() if rest[0]['pledge'] == pledge]


def admits(c, spared, enemy):
    return enemy not in spared and (not c['only'] or enemy in c['only']) and enemy not in c['except']


def reaches(c, place):
    if not c['regions']:
        return True
    while place:
        if place in c['regions']:
            return True
        place = PARENT[place]
    return False


def questions(name):
    return [{'qid': int(r['qid']), 'on': day(r['date']), 'x': int(r['attacker']), 'y': int(r['target']), 'place': int(r['region']),
             'when': day(r['known']) if r['known'] else LATEST, 'depth': int(r['depth'])} for r in table(name)]


@functools.lru_cache(maxsize=None)
def world_of(on, when):
    return World(on, when)


def casus(q, world, depth):
    x, y, place, rows = q['x'], q['y'], q['place'], set()
    for n, c, debtors, owed, spared in world.of('N') + world.of('C') + world.of('A'):
        others = debtors - {x, y}
        by_target = others if y in owed else set()
        told = by_target if admits(c, spared, x) and reaches(c, place) else set()
        if c['pledge'] == 'N':
            if c['any'] and x in owed and admits(c, spared, y) and reaches(c, place):
                told = told | others
            rows |= {(1, 3, z, n) for z in told}
        elif c['pledge'] == 'C':
            rows |= {(1, 4, z, n) for z in told}
        else:
            rows |= {(1, 5, z, n) for z in by_target}
            if x in debtors and y in owed:
                rows.add((1, 6, x, n))
    attackers, defenders, out = {x}, {y}, set()
    where = lambda t: place if t == y else HOME[t]
    for turn in range(1, depth + 1):
        idle = world.system - attackers - defenders - out
        called = {}
        for n, c, debtors, owed, spared in world.of('D'):
            if any(reaches(c, where(t)) for t in defenders & owed) and any(admits(c, spared, a) for a in attackers):
                for z in debtors & idle:
                    rows.add((turn, 1, z, n))
                    called.setdefault(z, set()).add(1)
        for n, c, debtors, owed, spared in world.of('O'):
            if attackers & owed and any(admits(c, spared, t) and reaches(c, where(t)) for t in defenders):
                for z in debtors & idle:
                    rows.add((turn, 2, z, n))
                    called.setdefault(z, set()).add(2)
        for z, sides in called.items():
            (out if len(sides) == 2 else defenders if sides == {1} else attackers).add(z)
    return rows


def w1(name, depth=None):
    kinds, total = [0] * 6, 0
    for q in questions(name):
        for turn, kind, z, n in casus(q, world_of(q['on'], q['when']), depth or q['depth']):
            kinds[kind - 1] += 1
            total += f((((q['qid'] * 8 + turn) * 8 + kind) * 4096 + z) * 2**18 + n)
    return {'rows': sum(kinds), 'kinds': kinds, 'checksum': total % PRIME}


def w1lite():
    count, total = 0, 0
    for q in questions('queries'):
        for _, kind, z, n in casus(q, world_of(q['on'], LATEST), 1):
            if kind == 1:
                count, total = count + 1, total + f((q['qid'] * 4096 + z) * 2**18 + n)
    return {'rows': count, 'checksum': total % PRIME}


def w7(name):
    ever = {i: {m['sid'] for m in rows} for i, rows in MEMBERS.items()}
    counts, total = [0] * 10, 0
    for q in questions(name):
        x, y, place, on, when = q['x'], q['y'], q['place'], q['on'], q['when']
        reason = {z: 0 for z in system(on) - {x, y}}
        for n, c in CLAUSES.items():
            once = ever.get(c['instr'], set())
            if c['pledge'] != 'D' or y not in listed(c, 'beneficiary', once):
                continue
            now = members(c['instr'], on, when)
            for z in listed(c, 'obligor', once) & reason.keys():
                tests = [known(c, when), holds(c['phase']['told'], on), z in now, y in now, z not in reserving(n, on),
                         c['intra'] or x not in now, (not c['only'] or x in c['only']) and x not in c['except'], reaches(c, place)]
                reason[z] = max(reason[z], tests.index(False) + 1 if False in tests else 9)
        for z, r in reason.items():
            counts[r] += 1
            total += f((q['qid'] * 4096 + z) * 16 + r)
    return {'reasons': counts, 'checksum': total % PRIME}


YEARS = range(1815, 2019)
END = {y: date(y, 12, 31).toordinal() for y in YEARS}


def duties(world, y):
    """The defence clauses owed to a state at home, and the states that are in any way special as its attacker."""
    mine = [(n, c, debtors - {y}, spared) for n, c, debtors, owed, spared in world.of('D') if y in owed and reaches(c, HOME[y])]
    special = set().union(*(d | s | c['only'] | c['except'] for _, c, d, s in mine))
    return mine, special


def sweep(when, reading='told'):
    pairs = bound = bindings = total = total_c = 0
    for year in YEARS:
        world = World(END[year], END[year] if when == 'then' else LATEST, reading)
        for y in world.system:
            mine, special = duties(world, y)

            def against(x):
                rows = [(z, n) for n, c, debtors, spared in mine if admits(c, spared, x) for z in debtors if z != x]
                states = {z for z, _ in rows}
                return len(states), sum(map(f, states)), len(rows), sum(f(z * 2**18 + n) for z, n in rows)
            ordinary = against(0)
            for x in world.system - {y}:
                b, sum_b, c, sum_c = against(x) if x in special else ordinary
                pair = f((year * 4096 + x) * 4096 + y)
                pairs, bound, bindings = pairs + 1, bound + b, bindings + c
                total, total_c = total + pair * sum_b, total_c + pair * sum_c
    return {'pairs': pairs, 'bound': bound, 'checksum': total % PRIME, 'bindings': bindings, 'checksum_c': total_c % PRIME}


def links(world):
    return {(n, a, b) for n, (_, debtors, owed, _) in world.clauses.items() for a in debtors for b in owed if a != b}


def w3():
    """A link changes only on a day on which something begins or ends: those days and the first of January are all that need a look."""
    flags = {}
    for n, c in CLAUSES.items():
        if not known(c, LATEST):
            continue
        rows = [m for m in MEMBERS.get(c['instr'], []) if known(m, LATEST)]
        days = set(c['phase']['told']) | {e for m in rows for e in m['dates']['told']} | {w for _, w in RESERVED.get(n, [])}
        days |= {e for m in rows for i in SPELLS.get(m['sid'], []) for e in i}
        days = {d for d in days if d != FOREVER} | {date(y, 1, 1).toordinal() for y in YEARS}
        for on in days:
            if not holds(c['phase']['told'], on) or not 1815 <= date.fromordinal(on).year <= 2018:
                continue
            inside = {s for s in members(c['instr'], on, LATEST) if any(holds(i, on) for i in SPELLS.get(s, []))}
            for a in listed(c, 'obligor', inside) - reserving(n, on):
                for b in listed(c, 'beneficiary', inside) - {a}:
                    flags.setdefault((date.fromordinal(on).year, a, b), set()).add(c['pledge'])
    lines = ['year,a,b,d,o,n,na,c\n']
    for (year, a, b), owed in sorted(flags.items()):
        lines.append(f'{year},{a},{b},' + ','.join('1' if p in owed else '0' for p in PLEDGES) + '\n')
    text = ''.join(lines).encode()
    return {'rows': len(flags), 'per': [sum(p in owed for owed in flags.values()) for p in PLEDGES], 'bytes': len(text),
            'sha256': hashlib.sha256(text).hexdigest()}


def w4():
    sums, total, n, measures = [0, 0, 0], 0, 0, [0.0] * 4
    level = {'D': 3, 'N': 2, 'A': 2, 'C': 1, 'O': 0}
    for year in YEARS:
        world = World(END[year], LATEST)
        states, size = sorted(world.system), len(world.system)
        v = {s: {s: 3} for s in states}
        for number, a, b in links(world):
            strength = level[CLAUSES[number]['pledge']]
            if strength:
                v[a][b] = v[b][a] = max(strength, v[a].get(b, 0))
        cap = {s: CAPS.get((s, year), 0) for s in states}
        s_ = {s: sum(row.values()) for s, row in v.items()}
        q_ = {s: sum(e * e for e in row.values()) for s, row in v.items()}
        w_ = {s: sum(cap[k] * e for k, e in row.items()) for s, row in v.items()}
        caps = sum(cap.values())
        for at, i in enumerate(states):
            for j in states[at + 1:]:
                shared = [(v[i][k], v[j][k], cap[k]) for k in v[i].keys() & v[j].keys()]
                l1 = s_[i] + s_[j] - 2 * sum(min(a, b) for a, b, _ in shared)
                l2 = q_[i] + q_[j] - 2 * sum(a * b for a, b, _ in shared)
                l1w = w_[i] + w_[j] - 2 * sum(min(a, b) * w for a, b, w in shared)
                for k, one in enumerate((l1, l2, l1w)):
                    sums[k] += one
                n += 1
                total += f((year * 4096 + i) * 4096 + j) * f((l1 * 2**15 + l2) * 2**22 + l1w)
                pi = 2 * size * (q_[i] + q_[j]) - (s_[i] + s_[j]) ** 2
                kappa = size * (q_[i] + q_[j]) - 2 * s_[i] * s_[j]
                each = (1 - 2 * l1 / (3 * size), 1 - 2 * l1w / (3 * caps), 1 - 2 * size * l2 / pi if pi else 1.0,
                        1 - size * l2 / kappa if kappa else 1.0)
                for k, one in enumerate(each):
                    measures[k] += one
    return {'n': n, **dict(zip(('L1', 'L2', 'L1w'), sums)), 'checksum': total % PRIME,
            **dict(zip(('S', 'Sw', 'pi', 'kappa'), measures))}


def w5():
    counts, total, before = [0, 0], 0, links(World(END[1815], LATEST))
    for year in range(1816, 2019):
        now = links(World(END[year], LATEST))
        for sign, changed in ((1, now - before), (0, before - now)):
            counts[sign] += len(changed)
            total += sum(f(((year * 2 + sign) * 4096 + a) * 4096 + b) * f(n) for n, a, b in changed)
        before = now
    return {'added': counts[1], 'removed': counts[0], 'checksum': total % PRIME}


def w10():
    world, lost = World(END[2018], LATEST), {}
    for y in world.system:
        mine, _ = duties(world, y)
        for x in world.system - {y}:
            support = {}
            for n, c, debtors, spared in mine:
                if admits(c, spared, x):
                    for z in debtors - {x}:
                        support.setdefault(z, set()).add(c['instr'])
            for on in support.values():
                if len(on) == 1:
                    (instr,) = on
                    lost[instr] = lost.get(instr, 0) + 1
    return {'lost': sum(lost.values()), 'instruments': len(lost), 'checksum': sum(f(i) * f(k) for i, k in lost.items()) % PRIME}


WORK = {'w1': lambda: w1('queries'), 'w1d1': lambda: w1('queries', 1), 'w1d3': lambda: w1('queries', 3), 'w1lite': w1lite,
        'w1e': lambda: w1('queries_edge'), 'w7': lambda: w7('queries'), 'w7e': lambda: w7('queries_edge'), 'w3': w3, 'w5': w5, 'w10': w10,
        'w2': lambda: sweep(LATEST), 'w8c': lambda: sweep(LATEST, 'certain'), 'w8p': lambda: sweep(LATEST, 'possible'),
        'w9': lambda: sweep('then'), 'w4': w4}
edges = os.path.exists(os.path.join(DIR, 'queries_edge.csv'))
wanted = sys.argv[2].split(',') if len(sys.argv) > 2 else list(WORK)
answers = {}
for name, work in WORK.items():
    if name in wanted and (edges or name not in ('w1e', 'w7e')):
        print(name, file=sys.stderr, flush=True)
        answers[name] = work()
if 'w2' in answers:
    answers['w2bound'] = {k: answers['w2'][k] for k in ('pairs', 'bound', 'checksum')}
json.dump(answers, sys.stdout, indent=1)
