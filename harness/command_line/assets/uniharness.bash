# Completion of uniharness for bash. The program itself says what may come next.
_uniharness() {
  local program=${1/#\~/$HOME} rest=$COMP_LINE glued= piece line i mixed=
  local -a words=() files=()
  # bash breaks words at '=' and ':'; what no blank stands between is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if [[ $i -eq 0 || $rest == [[:space:]]* ]]; then
      rest=${rest#"${rest%%[![:space:]]*}"}
      words+=("$piece")
      glued=
    else
      glued=${words[-1]}
      [[ $piece == [=:] ]] && glued+=$piece
      words[-1]+=$piece
    fi
    rest=${rest#"$piece"}
  done
  [[ ${words[-1]} == [\'\"]* ]] && words[-1]=${words[-1]:1}

  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) mapfile -t files < <(compgen -f -- "${words[-1]#"$glued"}") ;;
      :folders) mapfile -t files < <(compgen -d -- "${words[-1]#"$glued"}") ;;
      :scenarios)
        mapfile -t files < <(
          compgen -d -- "${words[-1]#"$glued"}"
          compgen -f -X '!*.yaml' -- "${words[-1]#"$glued"}"
          compgen -f -X '!*.yml' -- "${words[-1]#"$glued"}"
        )
        ;;
      *)
        line=${line%%$'\t'*}
        line=${line#"$glued"}
        [[ $line == *= ]] && compopt -o nospace 2>/dev/null
        [[ $mixed ]] || printf -v line %q "$line"
        COMPREPLY+=("$line")
        ;;
    esac
    if [[ $line == :* ]]; then
      mixed=yes
      compopt -o filenames 2>/dev/null
      COMPREPLY+=("${files[@]}")
    fi
  done < <("$program" complete "${words[@]:1}" 2>/dev/null)
}
complete -F _uniharness uniharness
