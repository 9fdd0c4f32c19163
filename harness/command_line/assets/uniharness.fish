# Completion of uniharness for fish. The program itself says what may come next.
function __uniharness_next
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    set -l option (string match -r -- '^--[^=]+=' $current)
    set -l begun (string replace -r -- '^--[^=]+=' '' $current)
    for line in ($program complete $words "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$begun" | string replace -r '^' -- "$option"
            case ':folders'
                __fish_complete_directories "$begun" '' | string replace -r '^' -- "$option"
            case ':scenarios'
                __fish_complete_suffix "$begun" .yaml | string replace -r '^' -- "$option"
            case '*'
                echo $line
        end
    end
end
complete -c uniharness -f -a '(__uniharness_next)'
