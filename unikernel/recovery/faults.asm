; Code that raises one exception each. NAME_eip is where the processor must report it.
;
; Source: Intel SDM volume 3, 6.15 (each exception, and which eip and error code it comes with).
bits 32

kAbsentSelector equ 40                  ; recovery.cpp: a segment that is not present
kBeyondSelector equ 0x7F8               ; past the end of the GDT
kTaskSwitched   equ 1 << 3              ; CR0
kNumericError   equ 1 << 5
kTrapFlag       equ 1 << 8              ; eflags

%macro fault 1
global %1, %1_eip
%1:
%endmacro

section .text.faults progbits alloc exec nowrite align=16
global faults_begin, faults_end
faults_begin:

fault divide_error
    xor edx, edx
    xor ecx, ecx
divide_error_eip:
    div ecx
    ret

fault debug_step
    pushfd
    or dword [esp], kTrapFlag
    popfd                               ; the trap comes after the instruction that follows
    nop
debug_step_eip:
    ret

fault breakpoint
    int3
breakpoint_eip:
    ret

fault overflow
    mov eax, 0x7FFFFFFF
    add eax, 1
    into
overflow_eip:
    ret

fault bound_range
    mov eax, 7
bound_range_eip:
    bound eax, [bounds]
    ret

fault invalid_opcode
invalid_opcode_eip:
    ud2
    ret

fault no_fpu
    mov eax, cr0
    or eax, kTaskSwitched
    mov cr0, eax
no_fpu_eip:
    fld1
    ret

fault segment_not_present
    mov eax, kAbsentSelector
segment_not_present_eip:
    mov es, eax
    ret

fault stack_segment
    mov eax, kAbsentSelector
stack_segment_eip:
    mov ss, eax
    ret

fault general_protection
    mov eax, kBeyondSelector
general_protection_eip:
    mov ds, eax
    ret

fault null_read
    xor eax, eax
null_read_eip:
    mov eax, [eax + 16]
    ret

fault null_write
    xor eax, eax
null_write_eip:
    mov [eax + 20], eax
    ret

fault fpu_error
    mov eax, cr0
    or eax, kNumericError               ; an exception, not an interrupt through the PIC
    mov cr0, eax
    fninit
    fldcw [x87_divides_unmasked]
    fld1
    fldz
    fdivp
fpu_error_eip:
    fwait
    ret

fault simd_error
    ldmxcsr [sse_divides_unmasked]
    xorps xmm0, xmm0
    movups xmm1, [ones]
simd_error_eip:
    divps xmm1, xmm0
    ret

; The same vector where an emulator raises no SIMD exception.
fault simd_vector
    int 19
simd_vector_eip:
    ret

; A stack that is nowhere.
fault wild_stack
    mov esp, 0xA0001000
wild_stack_eip:
    push eax
    ret

; All that a run must put right.
fault wreck
    fninit
    fldcw [x87_divides_unmasked]
    fld1
    ldmxcsr [sse_divides_unmasked]
    std
    mov eax, cr0
    or eax, kTaskSwitched
    mov cr0, eax
    mov ebx, 0xBAD0
    mov esi, ebx
    mov edi, ebx
    mov ebp, ebx
    xor eax, eax
    mov ds, eax
    mov es, eax
    mov fs, eax
    mov gs, eax
wreck_eip:
    ud2
faults_end:

; The same, as far as code can that returns.
global wreck_and_return
wreck_and_return:
    std
    fninit
    fldcw [x87_divides_unmasked]
    fld1
    ldmxcsr [sse_divides_unmasked]
    xor eax, eax
    mov ds, eax
    mov es, eax
    mov fs, eax
    mov gs, eax
    ret

; bool keeps_registers(void (*function)()): whether those that C keeps come back as they were.
global keeps_registers
keeps_registers:
    push ebp
    push ebx
    push esi
    push edi
    mov ebx, 0x11111111
    mov esi, 0x22222222
    mov edi, 0x33333333
    mov ebp, 0x44444444
    call [esp + 20]
    xor eax, eax
    cmp ebx, 0x11111111
    jne .done
    cmp esi, 0x22222222
    jne .done
    cmp edi, 0x33333333
    jne .done
    cmp ebp, 0x44444444
    jne .done
    inc eax
.done:
    pop edi
    pop esi
    pop ebx
    pop ebp
    ret

section .rodata progbits alloc noexec nowrite align=16
ones: dd 0x3F800000, 0x3F800000, 0x3F800000, 0x3F800000
bounds: dd 1, 6
sse_divides_unmasked: dd 0x1D80
x87_divides_unmasked: dw 0x037B
