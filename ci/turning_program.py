#!/usr/bin/env python3
"""turning_program.py SEED: prints a program in C on the interface of a guest (unikernel/jit/corpus/corpus.h)
whose world stays as it is until some round, and then is another: what the adaptive engine has baked into
versions no longer holds. Sizes in memory are changed through another name (a copy, a store that is unaligned,
wider, narrower, atomic, of a vector, a callee's, through a number made of the pointer); arguments of any type
change; calls lead back into what has versions; and most programs end in the midst of it all, by a fault.

What a program says before its end is the same at one level of optimization in all tiers. It prints no number
that is made of an address, and reads nothing that is not there; wild are the accesses of its end alone.
"""
import random
import sys

rng = random.Random(int(sys.argv[1]))
pick, number = rng.choice, rng.randint
rounds = number(60, 500)
turn = number(6, rounds - 4)  # the round from which on things are different
lines = []
statements = []


def out(text):
    lines.append(text)


def literal():
    return pick(["0u", "1u", "2u", "3u", "5u", "8u", "0x80000000u", "0xffffffffu", f"{number(0, 99)}u"])


def staying(usual, other):
    """Is `usual`, until it is not."""
    return pick([f"(round < {turn}u ? {usual} : {other})", f"(round < {turn}u ? {usual} : {other})", usual,
                 f"(round % {number(5, 31)}u == 4u ? {other} : {usual})",
                 f"(round == {number(5, rounds - 1)}u ? {other} : {usual})"])


def attribute():
    return pick(["NEVER_INLINED", "NEVER_INLINED", "static"])


def change(shape, at="k"):
    """Writes to a shape of 16 bytes and more, through another name. `at` is a number."""
    low, any_ = number(0, 3), number(0, 12)
    builtin = pick(["", "__builtin_"])  # a call, or an instruction of the IR
    value = pick([f"({at} & 7u)", f"({at} % 5u)", str(number(0, 6)), "other->step"])
    return pick([
        f"{builtin}memcpy((char*){shape} + {pick([0, 4, 8])}, &fixed[{number(0, 1)}].rows, {pick([4, 8])});",
        f"{builtin}memmove((char*){shape} + {number(0, 4)}, (char*){shape} + {number(0, 4)}, {number(1, 8)});",
        f"{builtin}memset((char*){shape} + {low}, {number(0, 3)}, {number(1, 9)});",
        f"((struct Word*)((char*){shape} + {any_}))->value = {value};",
        f"((uint8_t*){shape})[{4 * low + number(0, 1)}] = (uint8_t){value};",
        f"((Half*)((char*){shape} + {2 * number(0, 5)}))[0] = (uint16_t){value};",
        f"((struct Wide*)((char*){shape} + {pick([0, 4, 2])}))->value = {value} | (uint64_t){value} << 32;",
        f"*(Vector*){shape} = (Vector){{{value}, {number(0, 6)}, {number(0, 5)}, {value}}};",
        f"__atomic_store_n(&{shape}->{pick(['rows', 'columns'])}, {value}, __ATOMIC_SEQ_CST);",
        f"__atomic_fetch_add(&{shape}->{pick(['rows', 'columns', 'step'])}, 1u, __ATOMIC_RELAXED);",
        f"*(volatile uint32_t*)&{shape}->{pick(['rows', 'columns'])} = {value};",
        f"*(uint32_t*)((uintptr_t){shape} + {4 * low}u) = {value};",
        f"changed({shape}, {value});",
        f"{{ const struct Shape whole = *{shape}; *{shape} = fixed[{number(0, 1)}]; {shape}->step = whole.rows; }}",
        f"*(FloatWord*)&{shape}->columns = {pick(['0.0f', '1e-44f', '3e-45f'])};",
    ])


def bound(text):
    return f"({text} & 15u)"


# ---- kinds of functions; each adds the calls of itself


def sizes(name):  # reads a size first, changes it, and counts to it
    out(f"{attribute()} uint32_t {name}(struct Shape* shape, struct Shape* other, uint32_t k) {{")
    out(f"  uint32_t sum = {pick(['shape->rows', 'shape->columns * 3u', '((uint8_t*)shape)[4]', '((Half*)shape)[1]', 'k'])};")
    guard = pick(["", "", f"if (k == {number(0, 9)}u) ", f"if (k > {number(4, rounds)}u) ", "if (other != shape) "])
    if rng.random() < 0.6:
        out(f"  {guard}{{ {change(pick(['shape', 'other']))} }}")
    out(f"  for (uint32_t r = 0; r < {bound('shape->rows')}; ++r) {{")
    out(f"    for (uint32_t c = 0; c < {bound('shape->columns')}; ++c) {{")
    out(f"      sum = sum * {number(3, 99)}u + data[(r * shape->columns + c) & 63u];")
    if rng.random() < 0.4:
        out(f"      if (c == {number(0, 5)}u) {{ {change(pick(['shape', 'other']), 'c')} }}")
    out(f"    }}\n    data[r] {pick(['^', '+'])}= sum;\n  }}\n  return sum ^ shape->step;\n}}")
    for _ in range(number(1, 2)):
        a = staying(f"shapes + {number(0, 2)}", f"shapes + {number(0, 2)}")
        b = staying(f"shapes + {number(0, 2)}", f"shapes + {number(0, 2)}")
        # Most begin with the same sizes, so that what the call itself changes is another number than before.
        again = pick(["", f"shapes[{number(0, 2)}] = kept[{number(0, 2)}]; ", "memcpy(shapes, kept, sizeof kept); "])
        statements.append(f"{again}mix({name}({a}, {b}, {staying(literal(), 'round')}));")
        if rng.random() < 0.5:
            statements.append(f"if (round == {turn}u) {{ struct Shape* other = shapes; uint32_t k = round; "
                              f"(void)other; (void)k; {change(f'(shapes + {number(0, 2)})')} }}")


def reread(name):  # in one block: what is read behind a change is not what it was when the function was called
    field = pick(["rows", "columns", "step"])
    out(f"{attribute()} uint32_t {name}(struct Shape* shape, struct Shape* other, uint32_t k) {{")
    if rng.random() < 0.5:
        out(f"  const uint32_t before = {pick(['shape', 'other'])}->{field};")
    else:
        out("  const uint32_t before = k;")
    # Most stores are of C's; these stay calls, or what they are, at any level.
    wanted = pick([("memset", "memmove", "changed"), ("__atomic",), ("__builtin",), ("",)])
    while not (text := change(pick(["shape", "shape", "other"]))).startswith(wanted):
        pass
    out(f"  {text}")
    out(f"  const uint32_t {field} = {pick(['shape', 'shape', '(&shape[1])', 'other'])}->{field};\n  uint32_t sum = before;")
    out(f"  for (uint32_t i = 0; i < {bound(field)}; ++i) sum = sum * {number(3, 99)}u + data[i];\n  return sum;\n}}")
    which = number(0, 1)
    statements.append(f"memcpy(shapes, kept, sizeof kept); mix({name}(shapes + {which}, {staying(f'shapes + {which}', 'shapes')}, "
                      f"{staying(literal(), 'round')}));")


def constants(name):  # a pointer into constants, until it leads elsewhere
    out(f"{attribute()} uint32_t {name}(const struct Shape* shape, const uint32_t* by, uint32_t count) {{")
    out(f"  uint32_t sum = shape->step + by[{number(0, 3)}];")
    out(f"  for (uint32_t i = 0; i < {bound('shape->rows + count')}; ++i) {{")
    out(f"    data[(i + {number(0, 63)}u) & 63u] = sum += by[(i + shape->columns) & 3u] {pick(['*', '+', '^'])} {literal()};")
    if rng.random() < 0.5:
        out(f"    if (by == primes && i == {number(0, 4)}u) copied[i & 3u] += sum & 3u;")
    out("  }\n  return sum;\n}")
    statements.append(f"mix({name}({staying(f'fixed + {number(0, 1)}', f'shapes + {number(0, 2)}')}, "
                      f"{staying('primes', 'copied')}, {staying(f'{number(0, 9)}u', 'round')}));")


def recursion(name):  # in which the argument that stays does not
    out(f"static uint32_t {name}_again(uint32_t n, uint32_t k, struct Shape* shape);")
    out(f"{attribute()} uint32_t {name}(uint32_t n, uint32_t k, struct Shape* shape) {{")
    out(f"  uint32_t sum = k * {number(3, 99)}u + {bound('shape->rows')};")
    out(f"  for (uint32_t i = 0; i < {bound('k')}; ++i) sum = (sum ^ i) * {number(3, 99)}u + data[i];")
    out(f"  if (n != 0) sum += {pick([name, name + '_again'])}(n - 1, {pick(['k', 'k', 'k + 1u', 'n'])}, shape);")
    out(f"  if (n == {number(0, 4)}u) {{ struct Shape* other = shape; (void)other; {change('shape', 'n')} }}")
    out(f"  return sum + {bound('shape->columns')};\n}}")
    out(f"NEVER_INLINED uint32_t {name}_again(uint32_t n, uint32_t k, struct Shape* shape) {{")
    out(f"  return {name}(n {pick(['', '/ 2u'])}, {pick(['k', 'k ^ 1u', '7u'])}, shape) + data[n & 63u];\n}}")
    statements.append(f"mix({name}({staying(f'{number(0, 6)}u', f'{number(0, 12)}u')}, "
                      f"{staying(literal(), 'round')}, shapes + {number(0, 2)}));")


def types(name):  # arguments of any kind
    out(f"{attribute()} struct Large {name}(struct Large l, int64_t wide, double real, Vector v, float small, "
        f"_BitInt(100) very, struct Tiny t, _Bool is) {{")
    out(f"  uint32_t mine[4] = {{l.a[0], (uint32_t)wide, (uint32_t)(wide >> 32), v[{number(0, 3)}]}};")
    out(f"  for (uint32_t i = 0; i < ((uint32_t)wide & 15u); ++i) {{\n    mine[i & 3u] += l.a[i % 5u] ^ v[i & 3u];")
    out(f"    real = real * {pick(['0.5', '1.0', '-1.0'])} + small; v = v {pick(['+', '^', '*'])} {number(1, 9)}u;\n  }}")
    out(f"  if (is) very += (_BitInt(100))wide << {number(0, 60)}; else very ^= l.a[{number(0, 4)}];")
    out(f"  l.a[{number(0, 4)}] ^= mine[t.c & 3] + (uint32_t)(very >> {number(0, 90)});\n  mix_double(real);")
    out("  l.a[1] += v[0] ^ v[3];\n  return l;\n}")
    reals = ["0.0", "-0.0", "1.5", '__builtin_nan("")', "1e-310", "-3.25"]
    statements.append(
        f"{{ const struct Large l = {name}((struct Large){{{{{staying(literal(), 'round')}, 1, 2, {literal()}, round}}}}, "
        f"(int64_t){staying(literal(), 'round')} << {number(0, 33)}, {staying(pick(reals), pick(reals))}, "
        f"(Vector){{{staying(literal(), literal())}, 1, 2, {literal()}}}, {staying('1.0f', '-0.0f')}, "
        f"(_BitInt(100)){staying(literal(), literal())} << {number(0, 64)}, (struct Tiny){{{number(0, 3)}, "
        f"{staying('1', '2')}}}, {staying(1, 0)}); mix_bytes(&l, sizeof l); }}")


def pointers(name):  # to functions that have versions
    for which in "ab":
        out(f"{attribute()} uint32_t {name}_{which}(uint32_t a, uint32_t b) {{\n  uint32_t sum = b;")
        out(f"  for (uint32_t i = 0; i < {bound('a')}; ++i) sum = sum * {number(3, 99)}u + data[(i + b) & 63u];")
        out("  return sum;\n}")
    out(f"typedef uint32_t {name}_of(uint32_t, uint32_t);")
    out(f"{attribute()} uint32_t {name}({name}_of* call, uint32_t a, uint32_t times) {{\n  uint32_t sum = a;")
    out(f"  for (uint32_t i = 0; i < {bound('times')}; ++i) sum ^= call(a, {pick(['i', 'sum', 'a'])});")
    out(f"  return sum + (call == {name}_a);\n}}")
    statements.append(f"mix({name}({staying(f'{name}_a', f'{name}_b')}, {staying(literal(), 'round')}, {number(1, 9)}u));")
    statements.append(f"mix({name}_{pick('ab')}({staying(literal(), 'round')}, {staying(literal(), literal())}));")


def long_loop(name):  # entered while it runs; calls others, with what changes in its midst
    out(f"{attribute()} uint32_t {name}_part(uint32_t a, struct Shape* shape) {{")
    out(f"  uint32_t sum = a;\n  for (uint32_t i = 0; i < {bound('shape->columns')}; ++i) sum = sum * 5u + (data[i] ^ shape->step);")
    out("  return sum;\n}")
    out(f"{attribute()} uint32_t {name}(uint32_t times, uint32_t k, struct Shape* shape) {{")
    out(f"  uint32_t a = k, b = 1, mine[{number(2, 9)}] = {{k}};\n  double real = 1;\n  uint64_t wide = k;")
    out("  for (uint32_t i = 0; i < times; ++i) {")
    out(f"    const uint32_t next = a + {name}_part({pick(['k', 'i', f'i / {number(9, 40)}u'])}, shape);")
    out(f"    a = b; b = next; wide = wide * {number(3, 99)}u + a; real = real * 0.5 + (double)(int32_t)b;")
    out(f"    mine[i & 1u] += b;\n    if (i == {number(3, 200)}u) {{ struct Shape* other = shape; (void)other; {change('shape', 'i')} }}")
    if rng.random() < 0.4:
        out(f"    for (uint32_t j = 0; j < {bound('k')}; ++j) a ^= data[(j + i) & 63u];")
    out("  }\n  mix_double(real);\n  return a ^ b ^ (uint32_t)(wide >> 32) ^ mine[1];\n}")
    statements.append(f"if (round % {number(1, 20)}u == 0) mix({name}({number(9, 300)}u, "
                      f"{staying(literal(), 'round')}, shapes + {number(0, 2)}));")


def any_number(name):  # of arguments; a large frame
    size = pick([64, 1024, 4000, 8200])
    out(f"{attribute()} uint32_t {name}(uint32_t count, uint32_t k, ...) {{")
    out(f"  __builtin_va_list list;\n  uint32_t room[{size}], sum = k;\n  __builtin_va_start(list, k);")
    out(f"  room[k % {size}u] = k;\n  for (uint32_t i = 0; i < count; ++i) {{\n    if (k == {number(0, 4)}u) sum += "
        f"(uint32_t)__builtin_va_arg(list, uint64_t); else sum ^= __builtin_va_arg(list, uint32_t);\n    room[(k + i + 1u) % {size}u] = sum;\n  }}")
    out(f"  __builtin_va_end(list);\n  return sum + room[(k + count) % {size}u];\n}}")
    statements.append(f"mix({name}({staying('2u', '1u')}, {staying(f'{number(0, 4)}u', '3u')}, (uint64_t)round, 7ull, 8ull));")


# ---- how it ends

ENDS = {
    "nothing": None,
    "exit": ("guest_exit((int)(sum & 127u));", "sum == bad"),
    "quotient": ("sum += 1000u / (bad - k);", "1"),
    "remainder": ("sum += 1000u % (bad - k);", "1"),
    "least": ("sum += (uint32_t)((int32_t)(0x80000000u + (k ^ bad)) / (int32_t)((bad == k) ? -1 : 3));", "1"),
    "wide": ("sum += (uint32_t)(((uint64_t)sum << 20) / ((uint64_t)(bad - k) << 20));", "1"),
    "null": ("sum += *(k == bad ? (volatile uint32_t*)(k & 60u) : &data[1]);", "1"),
    "stored": ("*(k == bad ? (volatile uint32_t*)(k & 60u) : &data[1]) = sum;", "1"),
    "copy": ("memcpy(data + 8, k == bad ? (const void*)16 : data, 16u + (k & 1u));", "1"),
    "trap": ("__builtin_trap();", "k == bad"),
    "deep": ("sum += end_deeper(sum, k);", "k == bad"),
    "endless": ("for (volatile uint32_t i = 1; i != 0; i += 2) sum += i;", "k == bad"),
    "calls": ("for (uint32_t i = 1; i != 0; i += 2) sum ^= end_part(i, k);", "k == bad"),
    "no_function": ("sum += ((uint32_t (*)(uint32_t))(k == bad ? (void (*)(void))data : (void (*)(void))end_one))(sum);", "1"),
    "other_type": ("sum += ((uint32_t (*)(uint32_t))(k == bad ? (void (*)(void))end_two : (void (*)(void))end_one))(sum);", "1"),
}


def ending(kind):
    body, condition = ENDS[kind]
    out("NEVER_INLINED uint32_t end_one(uint32_t a) { return a * 3u; }")
    out("NEVER_INLINED uint32_t end_two(double a, uint32_t b) { return (uint32_t)(int32_t)a + b; }")
    out("static uint32_t (*volatile end_kept)(double, uint32_t) = end_two;")
    out("NEVER_INLINED uint32_t end_deeper(uint32_t a, uint32_t k) {\n  volatile uint32_t mine = a;\n"
        "  return end_deeper(a + k, k) + mine;\n}")
    out("NEVER_INLINED uint32_t end_part(uint32_t a, uint32_t k) {\n  uint32_t sum = a;")
    out(f"  for (uint32_t i = 0; i < {bound('k')}; ++i) sum = sum * 5u + data[i];\n  return sum;\n}}")
    out(f"{attribute()} uint32_t end_small(uint32_t sum, uint32_t k, uint32_t bad) {{\n  data[{number(0, 63)}] = sum;")
    out(f"  if ({condition}) {{ {body} }}\n  return sum;\n}}" if condition != "1" else f"  {body}\n  return sum;\n}}")
    out(f"{attribute()} uint32_t ended(uint32_t k, uint32_t bad, uint32_t count, struct Shape* shape) {{\n  uint32_t sum = k;")
    out(f"  for (uint32_t i = 0; i < {bound(pick(['count', 'shape->rows + 1u', 'k + 3u']))}; ++i) {{")
    out(f"    data[i] = sum = sum * {number(3, 99)}u + i;")
    k = pick(["k", "k", f"(i == {number(0, 2)}u ? k : k + 1u)"])
    out(f"    sum ^= end_small(sum, {k}, bad);\n  }}\n  return sum;\n}}")
    out("NEVER_INLINED uint32_t ended_again(uint32_t n, uint32_t k, uint32_t bad) {")
    out(f"  if (n == 0) return ended(k, bad, {number(1, 9)}u, shapes);")
    out(f"  return ended_again(n - 1, k, bad) + ended(k, bad + 100u, {number(1, 9)}u, shapes + 1);\n}}")
    k = number(2, 11)
    last = pick([number(turn, rounds - 1), number(3, rounds - 1)])
    for name in (["ended", "again"] if rng.random() < 0.4 else [pick(["ended", "again"])]):
        bad = f"(round == {last}u ? {k}u : {k + 40}u)"
        if name == "ended":
            statements.append(f"mix(ended({k}u, {bad}, {number(2, 12)}u, shapes + {number(0, 2)}));")
        else:
            statements.append(f"mix(ended_again({number(0, 5)}u, {k}u, {bad}));")


out(f"// Of ci/turning_program.py, seed {sys.argv[1]}.")
out('#include "corpus.h"\n')
out("#define NEVER_INLINED __attribute__((noinline))  // and not static: clang knows nothing of the arguments")
out("struct Shape { uint32_t rows, columns, step, limit, more[4]; } __attribute__((aligned(16), may_alias));")
out("struct Word { uint32_t value; } __attribute__((packed, may_alias));")
out("struct Wide { uint64_t value; } __attribute__((packed, may_alias));")
out("struct Large { uint32_t a[5]; };\nstruct Tiny { char c; short s; };")
out("typedef uint16_t Half __attribute__((may_alias));\ntypedef float FloatWord __attribute__((may_alias));")
out("typedef uint32_t Vector __attribute__((vector_size(16), may_alias));")
out("static uint32_t data[80];\nstatic const uint32_t primes[4] = {2, 3, 5, 7};\nstatic uint32_t copied[4] = {2, 3, 5, 7};")
shape = lambda: f"{{{number(0, 6)}, {number(0, 6)}, {number(0, 4)}, {number(5, 200)}, {{1, 2, 3, 4}}}}"
out(f"static struct Shape shapes[3] = {{{shape()}, {shape()}, {shape()}}};")
out(f"static struct Shape kept[3] = {{{shape()}, {shape()}, {shape()}}};")
out(f"static const struct Shape fixed[2] = {{{shape()}, {shape()}}};")
out("NEVER_INLINED void changed(struct Shape* shape, uint32_t k) {\n  struct Shape* other = shape;\n  (void)other;")
while "changed(" in (text := change("shape")):
    pass
out(f"  {text}\n  shape->columns ^= k & 1u;\n}}")
KINDS = [sizes, sizes, sizes, reread, reread, constants, recursion, types, pointers, long_loop, any_number]
for index in range(number(2, 5)):
    pick(KINDS)(f"f{index}")
end = pick(list(ENDS) + ["nothing"] * 4)
if end != "nothing":
    ending(end)
rng.shuffle(statements)
out("\nint guest_main(int argument) {\n  (void)argument;")
out(f"  const uint32_t rounds = (uint32_t)opaque({rounds});")
out("  for (uint32_t i = 0; i < 80; ++i) data[i] = i * 2654435761u >> 7;")
out("  for (uint32_t round = 0; round < rounds; ++round) {")
for s in statements:
    out("    " + s)
out(f"    if (round == {turn}u) kept[{number(0, 2)}].{pick(['rows', 'columns', 'step'])} += {number(1, 4)}u;")
out(f"    if (round % {number(1, 9)}u == 0) {{\n      print_hex(checksum_state);\n      print(\"\\n\");\n    }}\n  }}")
out("  mix_bytes(data, sizeof data);\n  mix_bytes(shapes, sizeof shapes);\n  mix_bytes(copied, sizeof copied);")
out("  (void)fixed;\n  return finish();\n}")
print("\n".join(lines))
