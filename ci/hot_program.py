#!/usr/bin/env python3
"""hot_program.py SEED: prints a program in C on the interface of a guest (unikernel/jit/corpus/corpus.h)
that calls the same few functions many times, mostly with the same arguments: what the adaptive engine
makes versions of, inlines and unrolls. Each thing that such code may get wrong has a kind of function:
memory that changes through another name, turns that are none or very many, counters of 64 bits, NaN
and -0, a constant that is one until some call, calls by pointers and in one another, an end in mid-call.

The program has no undefined behaviour: numbers are unsigned where they may overflow, indices are cut to
their arrays, every loop ends, and floats become integers only in range.
"""
import random
import sys

seed = int(sys.argv[1])
rng = random.Random(seed)
pick, number = rng.choice, rng.randint

WORDS = 32  # of each array
lines = []
functions = []  # (name, kind of arguments), callable by those that come later


def out(text):
    lines.append(text)


def constant():
    return pick(["0u", "1u", "2u", "3u", "7u", "8u", "31u", "0x80000000u", "0xffffffffu", f"{number(0, 99)}u",
                 f"0x{number(0, 0xFFFFFFFF):x}u"])


def expression(names, depth=2):
    """Of uint32_t, of these names."""
    if depth == 0 or rng.random() < 0.2:
        return pick(names) if rng.random() < 0.7 else constant()
    a, b = expression(names, depth - 1), expression(names, depth - 1)
    return pick([
        f"({a} {pick(['+', '-', '*', '^', '&', '|'])} {b})",
        f"({a} {pick(['<<', '>>'])} ({b} & 31u))",
        f"({a} {pick(['/', '%'])} ({b} | 1u))",
        f"({a} {pick(['<', '==', '>=', '!='])} {b} ? {pick(names)} : {expression(names, depth - 1)})",
        f"(uint32_t)((int32_t){a} >> ({b} & 31u))",
        f"(uint32_t)(({pick(['uint8_t', 'int8_t', 'uint16_t', 'int16_t'])}){a})",
        f"(uint32_t)((uint64_t){a} * {b} >> {number(1, 40)})",
        f"((int32_t){a} < (int32_t){b} ? {a} : {b})",
    ])


def attribute():
    return pick(["NEVER_INLINED", "NEVER_INLINED", "static"])


def call(names):
    """Of a function that is there already, or no call."""
    own = [f for f in functions if f[1] == "words"]
    if not own or rng.random() < 0.3:
        return expression(names)
    name = pick(own)[0]
    a = pick([pick(names), constant(), f"{number(0, 9)}u"])
    return f"{name}({a}, {expression(names, 1)}, {pick(['depth', 'depth', constant()])} & 3u)"


# ---- kinds of functions

def words(name):  # calls others; constants that decide
    out(f"{attribute()} uint32_t {name}(uint32_t a, uint32_t b, uint32_t depth) {{")
    out(f"  uint32_t c = {expression(['a', 'b'])};")
    out(f"  switch (a % {number(2, 6)}u) {{")
    for k in range(number(1, 5)):
        body = call(["a", "b", "c"])
        end = pick(["break;", "break;", "return c;", "/* falls through */ ;"])
        if end.startswith("/*"):
            end = "__attribute__((fallthrough));"
        out(f"    case {k}: c {pick(['+', '^', '-'])}= {body}; {end}")
    out(f"    default: c ^= {expression(['a', 'b', 'c'])};")
    out("  }")
    if rng.random() < 0.5:
        out(f"  if ({expression(['a', 'b', 'c'], 1)} > {constant()}) return {call(['b', 'c'])};")
    if rng.random() < 0.4:
        out(f"  if (depth != 0) c += {name}({expression(['a', 'c'], 1)}, c, depth - 1);")
    out("  (void)depth;\n  return c;\n}")
    functions.append((name, "words"))


def over_arrays(name):  # the second array may be the first, from elsewhere on
    step = number(1, 3)
    out(f"{attribute()} uint32_t {name}(uint32_t* to, const uint32_t* from, uint32_t count, uint32_t by) {{")
    out("  uint32_t sum = by, depth = 0;\n  (void)depth;")
    head = pick([f"for (uint32_t i = 0; i < count; i += {step}u)",
                 f"for (int i = (int)count - 1; i >= 0; i -= {step})",
                 f"for (uint32_t i = count; i-- != 0;)",
                 f"for (uint64_t i = 0xfffffff0ull; i < 0xfffffff0ull + count; i += {step})"])
    out(f"  {head} {{")
    out(f"    const uint32_t at = (uint32_t)i % {WORDS}u;")
    out(f"    sum {pick(['+', '^'])}= from[at] {pick(['*', '+', '^', '-'])} {pick(['by', 'sum', constant()])};")
    out(f"    to[{pick(['at', f'(at + 1) % {WORDS}u', 'by % 4u', '0'])}] = {call(['sum', 'by', 'at', 'count'])};")
    if rng.random() < 0.5:
        out(f"    sum += from[{pick(['at', '0', '3'])}];")
    if rng.random() < 0.3:
        out(f"    if (sum % {number(5, 60)}u == 0) {pick(['break', 'continue'])};")
    out("  }\n  return sum;\n}")
    functions.append((name, "arrays"))


def of_shape(name):  # sizes in memory, which the stores may change
    inside = rng.random() < 0.6
    out(f"{attribute()} uint32_t {name}({'const ' if rng.random() < 0.5 else ''}struct Shape* shape, uint32_t* data) {{")
    out("  uint32_t sum = 0, turns = 0, depth = 0;\n  (void)depth;")
    out("  for (uint32_t r = 0; r < shape->rows && turns < 300; ++r) {")
    out(f"    for (uint32_t c = 0; c < shape->{pick(['columns', 'columns', 'rows'])} && turns < 300; ++c) {{")
    out(f"      ++turns;\n      sum = sum * {number(3, 99)}u + data[(r * shape->columns + c) % {WORDS}u];")
    if inside:
        out(f"      data[(r + c * {number(1, 3)}u) % {pick([2, 4, WORDS])}u] {pick(['=', '+=', '^='])} "
            f"{pick(['sum % 8u', 'shape->step', 'r', 'c'])};")
    out(f"      if (shape->step == {number(0, 4)}u) sum += {call(['sum', 'r', 'c'])};")
    out(f"      if (shape->limit < turns) {pick(['break', 'return sum'])};")
    out("    }\n  }\n  return sum ^ turns;\n}")
    functions.append((name, "shape"))


def of_turns(name):  # none, one, very many
    kind = pick(["uint32_t", "int32_t", "uint64_t", "int64_t", "uint8_t", "uint16_t"])
    out(f"{attribute()} uint32_t {name}({kind} from, {kind} to, uint32_t step) {{")
    out("  uint32_t turns = 0, sum = 1, depth = 0;\n  (void)depth;")
    comparison = pick(["<", "<=", "!=", ">"])
    move = f"i = ({kind})(i {'-' if comparison == '>' else '+'} step)" if kind[0] == "u" else \
        f"i = ({kind})((u{kind})i {'-' if comparison == '>' else '+'} step)"
    out(f"  for ({kind} i = from; i {comparison} to; {move}) {{")
    out(f"    if (++turns > {pick([1, 8, 33, 70])}u) break;")
    out(f"    sum = {expression(['sum', '(uint32_t)i', 'step'])};")
    if rng.random() < 0.5:
        out(f"    words[turns % {WORDS}u] += {call(['sum', 'turns'])};")
    out("  }\n  return sum * 31u + turns;\n}")
    functions.append((name, "turns:" + kind))


def of_reals(name):
    real = pick(["float", "double"])
    digit = "f" if real == "float" else ""
    out(f"{attribute()} {real} {name}({real} x, {real} y, uint32_t count) {{")
    out(f"  {real} sum = {pick(['0.0', '-0.0', 'x'])}{'' if digit == '' else ''};\n  uint32_t depth = 0;\n  (void)depth;")
    out("  for (uint32_t i = 0; i < count; ++i) {")
    for _ in range(number(1, 3)):
        out("    " + pick([
            "sum += x * y;", "sum = sum + 0.0f;", "sum = sum * 1.0f;", "sum -= x;", "sum = x < y ? sum : y;",
            "sum = x == x ? sum + 1.0f : y;", "sum = sum * 0.0f;", "sum = -sum;", "sum = 0.0f - sum;", "x = x - x;",
            "if (!(x < y)) sum += y; else sum += x;", "y = x / (y * 0.0f);", f"sum += ({real})(int32_t)i;",
            f"sum += {real}s[i % 8u];", "if (sum != sum) sum = x;",
            "if (sum > -1000.0f && sum < 1000.0f) sum += (float)((int32_t)sum * 2);",
            f"{real}s[i % 8u] = sum;"]))
    out("  }\n  return sum;\n}")
    functions.append((name, "reals:" + real))


def machine(name):  # its program is a constant
    size = number(3, 9)
    out(f"static const uint8_t {name}_code[] = {{{', '.join(f'{number(0, 6)}, {number(0, size)}' for _ in range(size))}, 7, 0}};")
    out(f"{attribute()} uint32_t {name}(const uint8_t* code, uint32_t a, uint32_t b) {{")
    out("  uint32_t at = 0, steps = 0;")
    out("  while (++steps < 90) {\n    const uint32_t operand = code[2 * at + 1];\n    switch (code[2 * at++]) {")
    out(f"      case 0: a += operand; break;\n      case 1: b ^= a; break;\n      case 2: a = a * {number(3, 9)}u + b; break;")
    out(f"      case 3: if ((a & {pick([1, 3, 7])}u) != 0) at = operand; break;")
    out(f"      case 4: if (b-- % {number(2, 5)}u != 0) at = operand; break;")
    out(f"      case 5: words[operand] = a; break;\n      case 6: a ^= words[operand + (b & 1u)]; break;")
    out(f"      default: return a ^ b;\n    }}\n    if (at > {size}u) at = {size}u;\n  }}\n  return a;\n}}")
    functions.append((name, "machine"))


def narrow(name):  # structures, small and wide numbers
    out(f"{attribute()} struct Pair {name}(struct Pair p, int8_t small, uint16_t middle, int64_t wide, _Bool is) {{")
    out(f"  uint32_t mine[{pick([4, 8])}] = {{p.a, (uint32_t)small, middle, (uint32_t)wide}};")
    out(f"  for (int i = 0; i < 4; ++i) mine[(uint32_t)(i * {number(1, 3)}) % 4u] += mine[(p.b + (uint32_t)i) % 4u];")
    out(f"  if (is) p.a += mine[{number(0, 3)}]; else wide ^= (int64_t)mine[{number(0, 3)}] << {number(0, 40)};")
    out(f"  p.b = (uint32_t)(wide >> {number(0, 40)}) + mine[small & 3];")
    if rng.random() < 0.5:
        out(f"  memmove(mine, mine + 1, {pick([4, 8, 12])});\n  p.a ^= mine[0] + mine[1];")
    if rng.random() < 0.5:
        out(f"  static uint32_t kept;\n  kept += p.{pick('ab')};\n  p.b ^= kept;")
    out("  return p;\n}")
    functions.append((name, "narrow"))


def told(name):  # something outside may look or end all
    out(f"{attribute()} uint32_t {name}(uint32_t a, uint32_t b, uint32_t depth) {{")
    out(f"  hidden += a;\n  const uint32_t before = hidden;\n  hidden = before * {number(3, 99)}u;")
    if rng.random() < 0.5:
        out(f"  if (b % 199u == {number(0, 198)}u) print(\"{name}\\n\");")
    if rng.random() < 0.7:
        out(f"  if (countdown-- == 0) guest_exit((int)(b & 127u));")
    out("  return hidden ^ before ^ b ^ depth;\n}")
    functions.append((name, "words"))


KINDS = [words, words, over_arrays, over_arrays, of_shape, of_shape, of_turns, of_turns, of_reals, machine, narrow, told]

out(f"// Of ci/hot_program.py, seed {seed}.")
out('#include "corpus.h"\n')
out("#define NEVER_INLINED __attribute__((noinline)) static")
out(f"struct Shape {{ uint32_t rows, columns, step, limit, data[{WORDS}]; }};")
out("struct Pair { uint32_t a, b; };")
out(f"static uint32_t words[{WORDS + 8}], others[{WORDS + 8}];\nstatic volatile uint32_t hidden;")
out(f"static uint32_t countdown = {pick([number(20, 400), 1000000])}u;")
out("static float floats[8] = {0.0f, -0.0f, 1.0f, -1.5f, 1e30f, -1e-30f, 3.0f, 0.5f};")
out("static double doubles[8] = {0.0, -0.0, 1.0, -1.5, 1e300, -1e-300, 3.0, 0.5};")
out(f"static struct Shape shapes[2] = {{{{{number(1, 6)}, {number(1, 6)}, {number(0, 4)}, {number(5, 200)}, {{0}}}}, "
    f"{{{number(0, 3)}, {number(1, 9)}, {number(0, 4)}, {number(5, 200)}, {{0}}}}}};")
out(f"static const struct Shape fixed = {{{number(1, 6)}, {number(1, 6)}, {number(0, 4)}, 200, {{1, 2, 3}}}};\n")
for k in range(number(4, 9)):
    pick(KINDS)(f"f{k}")
table = [f[0] for f in functions if f[1] == "words"]
if table:
    out(f"static uint32_t (*{pick(['const ', ''])}table[])(uint32_t, uint32_t, uint32_t) = {{{', '.join(table)}}};")
    out(f"NEVER_INLINED uint32_t by_pointer(uint32_t which, uint32_t a, uint32_t b) {{\n  uint32_t sum = 0;\n"
        f"  for (uint32_t i = 0; i < {number(1, 5)}u; ++i) sum += table[(which + i / 2u) % COUNT(table)](a, b + sum, i & 1u);\n  return sum;\n}}")

# ---- what calls them: each at a place of its own, with arguments that stay until some round

rounds = number(24, 120)
statements = []


def staying(usual, others_):
    """A number that is `usual` until a round, or but for some."""
    return pick([usual, usual, f"(round < {number(8, rounds)}u ? {usual} : {others_})",
                 f"(round % {number(5, 40)}u == 0 ? {others_} : {usual})",
                 f"(round / {number(8, 30)}u % 2u != 0 ? {others_} : {usual})"])


def small():
    return f"{pick([0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 32, 33])}u"


for name, kind in functions + ([("by_pointer", "pointer")] if table else []):
    for _ in range(number(1, 3)):
        if kind == "words":
            statements.append(f"mix({name}({staying(constant(), constant())}, {pick(['round', 'checksum_state', constant()])}, {number(0, 3)}u));")
        elif kind == "arrays":
            to = pick(["words", "others"])
            from_ = staying(pick(["words", "others", to, f"{to} + {number(1, 4)}", "fixed.data"]),
                            pick(["words", "others + 1"]))
            statements.append(f"mix({name}({to} + {number(0, 3)}, {from_}, {staying(small(), small())}, {staying(constant(), 'round')}));")
        elif kind == "shape":
            which = number(0, 1)
            data = pick(["words", f"shapes[{which}].data", f"&shapes[{which}].{pick(['rows', 'columns', 'step'])}",
                         "others + 2"])
            shape = staying(f"&shapes[{which}]", pick([f"(struct Shape*)&fixed", f"&shapes[{1 - which}]"]))
            statements.append(f"mix({name}({shape}, {data}));")
            if rng.random() < 0.4:
                field = pick(["rows", "columns", "step"])
                statements.append(f"if (round % {number(7, 50)}u == 3u) shapes[{which}].{field} = {number(0, 6)}u;")
        elif kind.startswith("turns:"):
            of = kind[6:]
            ends = ["0", "1", "10", "31", "33", "100"] + {
                "uint32_t": ["0x80000000u", "0xffffffffu", "0x7fffffffu"], "int32_t": ["INT32_MAX", "INT32_MIN", "-1"],
                "uint64_t": ["0x100000000ull", "0xffffffffffffffffull", "0xfffffffeull"],
                "int64_t": ["INT64_MAX", "INT64_MIN", "-5", "0x100000003ll"],
                "uint8_t": ["255", "128"], "uint16_t": ["65535", "32768"]}[of]
            statements.append(f"mix({name}(({of}){staying(pick(ends), pick(ends))}, ({of}){staying(pick(ends), pick(ends))}, "
                              f"{staying(pick(['1u', '1u', '2u', '3u', '0u', '0x80000000u']), '1u')}));")
        elif kind.startswith("reals:"):
            of = kind[6:]
            values = ["0.0", "-0.0", "1.0", "-1.5", "__builtin_nan(\"\")", "__builtin_inf()", "1e-40", "3.25", f"{of}s[1]"]
            statements.append(f"mix_{of}({name}(({of}){staying(pick(values), pick(values))}, ({of}){staying(pick(values), pick(values))}, "
                              f"{staying(small(), small())}));")
        elif kind == "machine":
            statements.append(f"mix({name}({name}_code, {staying(constant(), 'round')}, {staying(constant(), 'round')}));")
        elif kind == "narrow":
            statements.append(f"{{ const struct Pair p = {name}((struct Pair){{{staying(constant(), 'round')}, round}}, "
                              f"(int8_t){staying(number(-128, 127), number(-128, 127))}, (uint16_t){staying(constant(), 'round')}, "
                              f"(int64_t){staying(constant(), constant())} << {number(0, 20)}, {staying(1, 0)}); mix(p.a); mix(p.b); }}")
        else:
            statements.append(f"mix({name}({staying(number(0, 3), 'round')}, {staying(constant(), constant())}, {constant()}));")
rng.shuffle(statements)
out("\nint guest_main(int argument) {\n  (void)argument;")
out(f"  const uint32_t rounds = (uint32_t)opaque({rounds});")
out("  for (uint32_t round = 0; round < rounds; ++round) {")
for s in statements:
    out("    " + s)
out("  }\n  mix_bytes(words, sizeof words);\n  mix_bytes(others, sizeof others);\n  mix_bytes(shapes, sizeof shapes);")
out("  mix(hidden);\n  mix(countdown);\n  for (int i = 0; i < 8; ++i) {\n    mix_float(floats[i]);\n    mix_double(doubles[i]);\n  }")
out("  (void)fixed;\n  return finish();\n}")
print("\n".join(lines))
