; Into a guarded run, and out of it by return, by leave_guarded() or by an exception.
;
; Sources: Intel SDM volume 3, 6.12.1 (what the processor pushes), 7.3 (what a task switch saves and
; loads; it sets CR0.TS), 7.4 (iret goes back by the back link).
bits 32

extern catch_trap                       ; recovery.cpp
extern catch_double_fault
extern trap_stubs                       ; kernel_lib's handlers, four bytes each

kDataSelector   equ 16
kOsFxsrBit      equ 9                   ; CR4: there is an MXCSR to keep
kMxcsrAtReset   equ 0x1F80

section .text.recovery progbits alloc exec nowrite align=16

; bool enter_guarded(void (*code)(void*), void* context, uint32_t stack_top)
global enter_guarded
enter_guarded:
    push ebp
    push ebx
    push esi
    push edi
    pushfd
    push dword kMxcsrAtReset
    push eax                            ; room for the control word
    mov [guarded_esp], esp
    clts                                ; the task switch of a double fault sets it
    fnstcw [esp]
    mov eax, cr4
    bt eax, kOsFxsrBit
    jnc .saved
    stmxcsr [esp + 4]
.saved:
    mov eax, [esp + 32]                 ; code
    mov ecx, [esp + 36]                 ; context
    mov edx, [esp + 40]                 ; stack_top
    test edx, edx
    jz .same_stack
    mov esp, edx
.same_stack:
    and esp, -16                        ; aligned to 16 at the call, as C expects
    sub esp, 12
    push ecx
    call eax

; [[noreturn]] void leave_returned()
global leave_returned
leave_returned:
    mov eax, 1
    jmp short leave

; Here an exception goes on, in the run's own task.
global leave_trapped
leave_trapped:
    xor eax, eax
leave:
    clts
    mov ecx, kDataSelector
    mov ds, ecx
    mov es, ecx
    mov fs, ecx
    mov gs, ecx
    mov ss, ecx
    mov esp, [guarded_esp]
    fninit                              ; also drops an x87 exception that waits
    fldcw [esp]
    mov ecx, cr4
    bt ecx, kOsFxsrBit
    jnc .restored
    ldmxcsr [esp + 4]
.restored:
    add esp, 8
    popfd
    pop edi
    pop esi
    pop ebx
    pop ebp
    ret

; Exceptions but the double fault. Nothing is pushed onto the interrupted stack, for there may be no
; room, and nothing written through ds, which may be anything; ss just served the processor.
%assign vector 0
%rep 32
stub_%[vector]:
    mov [ss:trapped_esp], esp
    mov esp, stubs_stack_end
    push byte vector
    jmp trapped
%assign vector vector + 1
%endrep

trapped:
    pushad
    cld
    mov eax, kDataSelector
    mov ds, eax
    mov es, eax
    push dword [trapped_esp]
    push dword [esp + 36]               ; vector
    call catch_trap
    add esp, 8
    cmp al, 1                           ; Next
    je leave_trapped
    ja resume
    mov eax, [esp + 32]                 ; vector
    lea eax, [trap_stubs + eax * 4]
    mov [panic_stub], eax
    popad
    mov esp, [trapped_esp]
    jmp [panic_stub]                    ; as if it had come there first

; Behind a page fault whose page can be written now.
resume:
    popad
    mov esp, [ss:trapped_esp]
    add esp, 4                          ; the error code
    iretd

; The task of the double fault. iret goes back to the task that faulted, which catch_double_fault
; has sent to leave_trapped, and the next double fault goes on behind it.
global double_fault_entry
double_fault_entry:
    call catch_double_fault
    mov esp, double_fault_stack_end     ; away with the error code, which is always 0
    iretd
    jmp double_fault_entry

section .rodata progbits alloc noexec nowrite align=4
global recovery_stubs
recovery_stubs:
%assign vector 0
%rep 32
    dd stub_%[vector]
%assign vector vector + 1
%endrep

section .bss nobits alloc noexec write align=16
    resb 2048
stubs_stack_end:
    resb 2048
global double_fault_stack_end
double_fault_stack_end:
global guarded_esp
guarded_esp: resd 1
trapped_esp: resd 1
panic_stub: resd 1
