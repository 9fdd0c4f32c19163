; Entry points of the 32 processor exceptions. Each is four bytes, so that traps.cpp can
; compute their addresses.
bits 32

extern handle_trap

section .text.traps progbits alloc exec nowrite align=16
global trap_stubs
trap_stubs:
%assign vector 0
%rep 32
    push byte vector
    jmp short save_frame
%assign vector vector + 1
%endrep

; Vectors where the processor pushes an error code (Intel SDM volume 3, table 6-1).
kWithError equ (1 << 8) | (1 << 10) | (1 << 11) | (1 << 12) | (1 << 13) | (1 << 14) | (1 << 17) | \
               (1 << 21) | (1 << 29) | (1 << 30)

save_frame:
    push eax
    mov eax, [esp + 4]                  ; vector
    bt dword [with_error], eax
    jc .has_error
    push dword [esp]                    ; make room under the vector: eax and vector move down,
    mov [esp + 4], eax                  ; 0 stands where the processor would have put the code
    mov dword [esp + 8], 0
.has_error:
    pop eax
    cld
    pushad                              ; TrapFrame (arch/x86/trap_frame.h) is complete
    mov eax, esp
    mov esp, trap_stack_end             ; the interrupted stack may have overflowed, or esp be wild
    push eax
    call handle_trap                    ; does not return

section .rodata progbits alloc noexec nowrite align=4
with_error: dd kWithError

section .bss nobits alloc noexec write align=16
    resb 2048
trap_stack_end:
