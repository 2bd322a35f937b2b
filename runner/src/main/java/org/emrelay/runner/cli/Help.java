package org.emrelay.runner.cli;

/** The help text without an action. */
final class Help {
    private Help() {}

    static String overview(String programName) {
        StringBuilder text = new StringBuilder();
        text.append("Emrelay runs pipelines of Spark steps, locally or on Amazon EMR.\n\n");
        text.append("Usage: ").append(programName).append(" -a ACTION [options]\n\n");
        text.append("Example: ").append(programName).append(" -a run -steps steps.json\n\n");
        text.append("Actions:\n");
        for (Action action : Action.values()) {
            text.append(String.format("  %-18s %s%n", action.key(), action.description()));
        }
        text.append("\nOptions of an action: ").append(programName).append(" -a ACTION --help\n");
        text.append(
                "Exit codes: 0 done; 1 a step failed; 2 usage error; 3 invalid file; 4 platform error; 5 refused;\n");
        text.append("            130 interrupted; 70 a bug\n");
        return text.toString();
    }
}
