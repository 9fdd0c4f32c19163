; Places in the frame at multiples that are larger than the stack's own, beside the arguments of calls.

define internal i32 @far_off(i32 %depth, i32 %b, i32 %c, i32 %d, i32 %e) #0 {
  %line = alloca i32, align 64
  %page = alloca [20 x i8], align 4096
  %odd = alloca i8, align 1
  store volatile i32 %depth, ptr %line
  store volatile i32 %b, ptr %page
  store volatile i8 1, ptr %odd
  %at = ptrtoint ptr %line to i32
  %over = and i32 %at, 63
  %page_at = ptrtoint ptr %page to i32
  %page_over = and i32 %page_at, 4095
  %both = or i32 %over, %page_over
  %ends = icmp eq i32 %depth, 0
  br i1 %ends, label %end, label %again
end:
  ret i32 %both
again:
  %less = sub i32 %depth, 1
  %c_more = add i32 %c, 1
  %below = call i32 @far_off(i32 %less, i32 %d, i32 %c_more, i32 %e, i32 %b)
  %kept = load volatile i32, ptr %line
  %same = icmp eq i32 %kept, %depth
  %lost = select i1 %same, i32 0, i32 128
  %all = or i32 %both, %below
  %said = or i32 %all, %lost
  ret i32 %said
}

define internal i32 @nine(i32 %a, i32 %b, i32 %c, i32 %d, i32 %e, i32 %f, i32 %g, i32 %h, i32 %i) #0 {
  %line = alloca [3 x i32], align 128
  store volatile i32 %i, ptr %line
  %at = ptrtoint ptr %line to i32
  %over = and i32 %at, 127
  %below = call i32 @far_off(i32 %a, i32 %b, i32 %c, i32 %d, i32 %e)
  %both = or i32 %over, %below
  %sum = add i32 %f, %g
  %more = add i32 %sum, %h
  call void @mix(i32 %more)
  ret i32 %both
}

define i32 @guest_main(i32 %argument) #0 {
  %unaligned = alloca [5 x i8], align 1
  store volatile i8 7, ptr %unaligned
  %far = call i32 @far_off(i32 3, i32 %argument, i32 2, i32 4, i32 5)
  call void @mix(i32 %far)
  %nine = call i32 @nine(i32 2, i32 1, i32 %argument, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8)
  call void @mix(i32 %nine)
  %both = or i32 %far, %nine
  %status = call i32 @finish()
  %all = or i32 %status, %both
  ret i32 %all
}
