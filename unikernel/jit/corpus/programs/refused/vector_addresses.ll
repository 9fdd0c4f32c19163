; Addresses as a vector: two from one pointer.

define internal void @one(ptr %p, <2 x i32> %i, ptr %to) #0 {
  %both = getelementptr i32, ptr %p, <2 x i32> %i
  store <2 x ptr> %both, ptr %to, align 4
  ret void
}

define i32 @guest_main(i32 %argument) #0 {
  %to = alloca <2 x ptr>, align 8
  %a = insertelement <2 x i32> zeroinitializer, i32 %argument, i32 1
  call void @one(ptr @checksum_state, <2 x i32> %a, ptr %to)
  %at = load ptr, ptr %to
  %value = load i32, ptr %at
  ret i32 %value
}
