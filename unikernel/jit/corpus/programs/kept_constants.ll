; Constants in another form, which are needed once at once and again behind calls: they go to their
; places in the frame, and the accumulator does not hold them.

@place = internal global [4 x i32] [i32 3, i32 5, i32 7, i32 11]

define i32 @sum(i32 %a, i32 %b) #0 {
  %sum = add i32 %a, %b
  ret i32 %sum
}

define i32 @load(ptr %from, i32 %index) #0 {
  %at = getelementptr i32, ptr %from, i32 %index
  %value = load i32, ptr %at
  ret i32 %value
}

define float @product(float %a, float %b) #0 {
  %product = fmul float %a, %b
  ret float %product
}

define i32 @guest_main(i32 %argument) #0 {
  %short = zext i16 7 to i32
  %one = call i32 @sum(i32 %short, i32 %argument)
  %two = call i32 @sum(i32 %one, i32 %short)
  call void @mix(i32 %two)

  %word = bitcast i32 -9 to i32
  %three = call i32 @sum(i32 %word, i32 %two)
  %four = call i32 @sum(i32 %three, i32 %word)
  call void @mix(i32 %four)

  %number = ptrtoint ptr @place to i32
  %pointer = inttoptr i32 %number to ptr
  %five = call i32 @load(ptr %pointer, i32 1)
  %six = call i32 @load(ptr %pointer, i32 3)
  %less = sub i32 %six, %five
  call void @mix(i32 %less)

  %same = getelementptr i32, ptr @place, i32 0
  %seven = call i32 @load(ptr %same, i32 2)
  %eight = call i32 @load(ptr %same, i32 0)
  %both = mul i32 %seven, %eight
  call void @mix(i32 %both)

  %half = bitcast i32 1056964608 to float
  %quarter = call float @product(float %half, float %half)
  %eighth = call float @product(float %quarter, float %half)
  %bits = bitcast float %eighth to i32
  call void @mix(i32 %bits)

  %kept = freeze i32 13
  %nine = call i32 @sum(i32 %kept, i32 %four)
  %ten = call i32 @sum(i32 %nine, i32 %kept)
  call void @mix(i32 %ten)
  %status = call i32 @finish()
  ret i32 %status
}
