package org.emrelay.runner.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.cli.CompletedAction.CompletedOption;
import org.emrelay.runner.cli.CompletedAction.CompletedValue;

/** The completion script for fish. */
record FishCompletion(List<CompletedAction> actions, Set<String> programs) {
    private static final String FUNCTIONS = """
            # Completes commands of Emrelay.
            function __emrelay_action
                for word in (commandline -opc)[2..-1]
                    set -l name (string replace -a -- - _ $word)
                    if contains -- $name %s
                        echo $name
                        return 0
                    end
                end
                return 1
            end

            function __emrelay_has_action
                set -l action (__emrelay_action)
                test "$action" = "$argv[1]"
            end

            """;

    String script() {
        List<String> names =
                actions.stream().map(action -> action.action().key()).toList();
        String rules = programs.stream().map(this::rules).collect(Collectors.joining());
        return FUNCTIONS.formatted(String.join(" ", names)) + rules;
    }

    private String rules(String program) {
        StringBuilder text = new StringBuilder();
        text.append("complete -c " + program + " -f\n");
        for (CompletedAction action : actions) {
            text.append("complete -c " + program + " -n 'not __emrelay_action >/dev/null' -a "
                    + action.action().key() + " -d " + quoted(action.action().description()) + "\n");
        }
        String names = actions.stream().map(action -> action.action().key()).collect(Collectors.joining(" "));
        text.append("complete -c " + program + " -s a -l action -x -a '" + names + "' -d 'Action'\n");
        for (CompletedAction action : actions) {
            String condition = "complete -c " + program + " -n '__emrelay_has_action "
                    + action.action().key() + "'";
            action.options().forEach(option -> text.append(condition + option(option) + "\n"));
            String words = values(action.words());
            if (!words.isEmpty()) {
                text.append(condition + words + "\n");
            }
        }
        return text.toString();
    }

    private static String option(CompletedOption option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            String bare = name.replaceFirst("^-+", "");
            text.append(name.startsWith("--") ? " -l " : bare.length() == 1 ? " -s " : " -o ")
                    .append(bare);
        }
        if (option.hasValue()) {
            String values = values(option.value());
            text.append(values.isEmpty() ? " -x" : " -r" + values);
        }
        return text + " -d " + quoted(option.description());
    }

    private static String values(CompletedValue value) {
        return switch (value.kind()) {
            case FILES -> " -F";
            case DIRECTORIES -> " -f -a '(__fish_complete_directories)'";
            case CHOICES -> " -f -a '" + String.join(" ", value.choices()) + "'";
            case OTHER -> "";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
