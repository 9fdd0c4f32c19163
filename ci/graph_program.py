#!/usr/bin/env python3
"""graph_program.py SEED: prints a program in LLVM's text, to stand behind unikernel/jit/corpus/corpus.ll, whose
functions are random graphs of blocks: loops in one another and across, entered at two places, left from
anywhere, of one block or of many, with switches, with calls in them or none. No compiler's shape, so what
counts instructions, orders blocks or turns loops round has nothing to rely on. Every branch back looks at
a counter first, so every function ends.
"""
import random
import sys

seed = int(sys.argv[1])
rng = random.Random(seed)
pick, number = rng.choice, rng.randint
WORDS = 64  # of @words

lines = []
registers = 0


def out(text):
    lines.append("  " + text)


def let(text):
    global registers
    registers += 1
    out(f"%r{registers} = {text}")
    return f"%r{registers}"


def i32_work(calls):
    variable, other = pick(["%a", "%b"]), pick(["%a", "%b"])
    value = let(f"load i32, ptr {variable}")
    kind = number(0, 6)
    if kind == 0:
        value = let(f"{pick(['shl', 'lshr', 'ashr'])} i32 {value}, {number(0, 31)}")
    elif kind == 1:
        odd = let(f"or i32 {value}, 1")
        value = let(f"{pick(['udiv', 'urem'])} i32 {let(f'load i32, ptr {other}')}, {odd}")
    elif kind == 2:
        index = let(f"and i32 {value}, {WORDS - 1}")
        place = let(f"getelementptr [{WORDS} x i32], ptr @words, i32 0, i32 {index}")
        value = let(f"add i32 {let(f'load i32, ptr {place}')}, {value}")
        out(f"store i32 {value}, ptr {place}")
    elif kind == 3 and calls:
        function = pick(["@leaf", let("load ptr, ptr @pointer")])
        value = let(f"call i32 {function}(i32 {value})")
    else:
        by = pick([let(f"load i32, ptr {other}"), str(number(-9, 99))])
        value = let(f"{pick(['add', 'sub', 'mul', 'xor', 'and', 'or'])} i32 {value}, {by}")
    out(f"store i32 {value}, ptr {pick([variable, other])}")


def work(calls):
    kind = number(0, 7)
    if kind == 0:
        value = let("load i64, ptr %wide")
        value = let(f"{pick(['add', 'sub', 'mul', 'xor'])} i64 {value}, {number(1, 1 << 33)}")
        out(f"store i64 {value}, ptr %wide")
    elif kind == 1:
        value = let(f"{pick(['fadd', 'fsub', 'fmul'])} double {let('load double, ptr %real')}, 1.25")
        out(f"store double {value}, ptr %real")
    elif kind == 2:
        a, b = let("load i32, ptr %a"), let("load i32, ptr %b")
        out(f"store i32 {b}, ptr %a")
        out(f"store i32 {a}, ptr %b")
    else:
        i32_work(calls)


def count_up(most):
    """An i1 that is true when the branches of this call were too many."""
    value = let(f"add i32 {let('load i32, ptr @branches')}, 1")
    out(f"store i32 {value}, ptr @branches")
    return let(f"icmp ugt i32 {value}, {most}")


def random_bit():
    """An i1 that is true half of the time, of a sequence in memory."""
    value = let(f"mul i32 {let('load i32, ptr @random')}, 1103515245")
    value = let(f"add i32 {value}, 12345")
    out(f"store i32 {value}, ptr @random")
    return let(f"icmp eq i32 {let(f'and i32 {value}, {1 << number(16, 30)}')}, 0")


def function(name):
    count = number(2, 14)
    largest = pick([3, 3, 8])  # pieces of work in a block
    calls = rng.random() < 0.4
    most = number(5, 200)

    def forward(block):
        near = number(block + 1, min(count - 1, block + 3)) if block + 1 < count else None
        return f"%block{near}" if near and rng.random() < 0.93 else "%end"

    def back(block):
        return f"%block{pick([block, number(max(0, block - 2), block), number(0, count - 1)])}"

    lines.append(f"define internal i32 @{name}(i32 %x, i64 %w) #0 {{")
    lines.append("begin:")
    for variable, kind, value in [("a", "i32", "%x"), ("b", "i32", number(1, 99)), ("wide", "i64", "%w"),
                                  ("real", "double", "1.5")]:
        out(f"%{variable} = alloca {kind}")
        out(f"store {kind} {value}, ptr %{variable}")
    out("br label %block0")
    for block in range(count):
        lines.append(f"block{block}:")
        for _ in range(number(0, largest)):
            work(calls)
        shape = rng.random()
        if shape < 0.2:
            out(f"br label {forward(block)}")
        elif shape < 0.3:
            which = let(f"and i32 {let('load i32, ptr %a')}, 7")
            which = let(f"select i1 {count_up(most)}, i32 99, i32 {which}")
            cases = " ".join(f"i32 {case}, label {back(block)}" for case in rng.sample(range(8), number(1, 6)))
            out(f"switch i32 {which}, label {forward(block)} [ {cases} ]")
        else:
            leave = count_up(most)
            if rng.random() < 0.6:
                leave = let(f"or i1 {leave}, {random_bit()}")
            other = forward(block) if rng.random() < 0.1 else back(block)
            out(f"br i1 {leave}, label {forward(block)}, label {other}")
    lines.append("end:")
    low = let(f"trunc i64 {let('load i64, ptr %wide')} to i32")
    large = let(f"zext i1 {let('fcmp ogt double ' + let('load double, ptr %real') + ', 7.0')} to i32")
    total = let("load i32, ptr %a")
    for value in [let("load i32, ptr %b"), low, large]:
        total = let(f"{pick(['add', 'xor'])} i32 {total}, {value}")
    out(f"ret i32 {total}")
    lines.append("}")


functions = [f"graph{i}" for i in range(number(1, 4))]
lines.append(f"; Of ci/graph_program.py, seed {seed}.")
lines.append(f"""@random = internal global i32 {number(0, 1 << 20)}
@branches = internal global i32 0
@words = internal global [{WORDS} x i32] zeroinitializer
@pointer = internal global ptr @leaf
define internal i32 @leaf(i32 %x) #0 {{
  %a = mul i32 %x, 17
  %b = xor i32 %a, 5
  ret i32 %b
}}""")
for each in functions:
    function(each)
rounds = number(3, 60)
lines.append("define i32 @guest_main(i32 %n) #0 {\nbegin:\n  br label %round\nround:")
out("%i = phi i32 [ 0, %begin ], [ %next, %round ]")
out("%wide = zext i32 %i to i64")
last = "%i"
for each in functions:
    out("store i32 0, ptr @branches")
    last = let(f"call i32 @{each}(i32 {pick(['%i', '5', last])}, i64 %wide)")
    out(f"call void @mix(i32 {last})")
out("%next = add i32 %i, 1")
out(f"%more = icmp ult i32 %next, {rounds}")
lines.append("  br i1 %more, label %round, label %done\ndone:\n  %status = call i32 @finish()\n  ret i32 %status\n}")
print("\n".join(lines))
