; Functions that return from several places, which clang makes one of: their callers, into which they
; may be copied, come to the same place with another number from each.

define i32 @part_of(i32 %x) #0 {
begin:
  %low = and i32 %x, 3
  switch i32 %low, label %other [ i32 0, label %zero
                                  i32 1, label %one ]
zero:
  %half = lshr i32 %x, 1
  ret i32 %half
one:
  ret i32 7
other:
  %even = icmp eq i32 %low, 2
  br i1 %even, label %two, label %three
two:
  %less = sub i32 %x, 11
  ret i32 %less
three:
  ret i32 %x
}

; Its call stands before the end of a block from which a phi comes.
define i32 @guest_main(i32 %argument) #0 {
begin:
  br label %loop
loop:
  %at = phi i32 [ 0, %begin ], [ %next, %behind ]
  %x = phi i32 [ %argument, %begin ], [ %mixed, %behind ]
  %part = call i32 @part_of(i32 %x)
  call void @mix(i32 %part)
  %odd = trunc i32 %part to i1
  br i1 %odd, label %again, label %behind
again:
  %twice = call i32 @part_of(i32 %part)
  %more = add i32 %twice, 5
  br label %behind
behind:
  %which = phi i32 [ %part, %loop ], [ %more, %again ]
  %scaled = mul i32 %which, 1664525
  %mixed = add i32 %scaled, 1013904223
  %next = add i32 %at, 1
  %on = icmp ult i32 %next, 200
  br i1 %on, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
