; What clang does not write for the sources beside, but LLVM's passes do.
target datalayout = "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128"
target triple = "i386-unknown-linux-gnu"

@table = internal constant [3 x i32] [i32 sub (i32 ptrtoint (ptr @b to i32), i32 ptrtoint (ptr @a to i32)),
                                      i32 add (i32 ptrtoint (ptr @a to i32), i32 4), i32 undef]
@a = global i64 -1
@b = global { i8, <{ i16, i32 }>, [2 x ptr] } { i8 1, <{ i16, i32 }> <{ i16 2, i32 3 }>, [2 x ptr] [ptr @a, ptr getelementptr inbounds ({ i8, i32 }, ptr @b, i32 0, i32 1)] }
@masks = global [2 x i24] [i24 -1, i24 7]
@c = alias i64, ptr @a

define i32 @frozen(i32 %x, float %f, ptr %p) {
  %a = freeze i32 %x
  %n = fneg nnan float %f
  %c = fcmp fast olt float %n, 1.0
  %s = select fast i1 %c, float %n, float %f
  %i = fptosi float %s to i32
  %r = call i32 @llvm.fshl.i32(i32 %a, i32 %i, i32 5)
  %w = cmpxchg weak volatile ptr %p, i32 %r, i32 %a acq_rel monotonic, align 4
  %v = extractvalue { i32, i1 } %w, 0
  %o = atomicrmw umax ptr %p, i32 %v seq_cst
  %t = trunc nuw i32 %o to i8
  %z = zext nneg i8 %t to i32
  %d = or disjoint i32 %z, %v
  ret i32 %d
}

define { i32, [2 x i8] } @parts({ i32, [2 x i8] } %whole, i8 %x) {
  %one = insertvalue { i32, [2 x i8] } %whole, i8 %x, 1, 1
  %two = insertvalue { i32, [2 x i8] } %one, i32 9, 0
  %three = extractvalue { i32, [2 x i8] } %two, 1
  %four = insertvalue { i32, [2 x i8] } { i32 1, [2 x i8] c"ab" }, [2 x i8] %three, 1
  ret { i32, [2 x i8] } %four
}

define <4 x ptr> @many(ptr %p, <4 x i32> %i) {
  %q = getelementptr [8 x i16], ptr %p, i32 0, <4 x i32> %i
  ret <4 x ptr> %q
}

; A value used above its definition, a block that cannot be reached, a phi that names one block twice.
define i32 @forward(i32 %x) {
entry:
  switch i32 %x, label %last [
    i32 1, label %join
    i32 2, label %join
    i32 3, label %late
  ]
join:
  %j = phi i32 [ 7, %entry ], [ 7, %entry ], [ %l, %late ]
  ret i32 %j
late:
  %l = add i32 %x, 1
  br label %join
lost:
  %self = add i32 %self, 1
  br label %last
last:
  %p = phi i32 [ %self, %lost ], [ %x, %entry ]
  ret i32 %p
}

define fastcc void @quiet() {
  call void @llvm.donothing()
  call void @llvm.assume(i1 true) [ "align"(ptr @a, i32 8) ]
  %s = call ptr @llvm.stacksave.p0()
  %v = alloca i32, i32 3, align 16
  store atomic i32 1, ptr %v unordered, align 4
  fence syncscope("singlethread") seq_cst
  call void @llvm.stackrestore.p0(ptr %s)
  ret void
}

declare i32 @llvm.fshl.i32(i32, i32, i32)
declare void @llvm.donothing()
declare void @llvm.assume(i1)
declare ptr @llvm.stacksave.p0()
declare void @llvm.stackrestore.p0(ptr)
