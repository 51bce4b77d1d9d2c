"""One start for all cases: facts of every dump by the shared `semantics` script, compared with what the real istiod gave.

score.py SEMANTICS CASES DUMPS   ->  one JSON object a line: {"case", "result", "missing", "extra"}
DUMPS holds CASE/PROXY.json and CASE/names.json.
"""
import importlib.machinery
import importlib.util
import json
import os
import sys


def load(path):
    loader = importlib.machinery.SourceFileLoader('semantics', path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('semantics', loader))
    loader.exec_module(module)
    return module


def main(semantics_path, cases, dumps):
    sys.dont_write_bytecode = True
    semantics = load(semantics_path)
    baseline = semantics.read(os.path.join(cases, '001-baseline', 'expected.txt'))
    for case in sorted(os.listdir(dumps)):
        folder = os.path.join(dumps, case)
        names = semantics.Names(json.load(open(os.path.join(folder, 'names.json'), encoding='utf-8')))
        proxies = [p for p in json.load(open(os.path.join(cases, case, 'case.json'), encoding='utf-8'))['proxies']]
        actual = []
        for proxy in proxies:
            actual += ['[%s] %s' % (proxy, fact) for fact in semantics.facts(os.path.join(folder, proxy + '.json'), names)]
        mine = tuple('[%s] ' % proxy for proxy in proxies)
        expected = semantics.read(os.path.join(cases, case, 'expected.txt'))
        result, missing, extra = semantics.compare(expected, actual, [fact for fact in baseline if fact.startswith(mine)])
        print(json.dumps({'case': case, 'result': result, 'missing': missing, 'extra': extra}))


if __name__ == '__main__':
    main(*sys.argv[1:])
