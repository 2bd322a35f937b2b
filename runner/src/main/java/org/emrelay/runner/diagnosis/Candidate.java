package org.emrelay.runner.diagnosis;

/**
 * A log record that may be the root cause.
 *
 * @param userFault whether the message is a UserFault's, which contains its own remedy
 */
record Candidate(
        Relevance relevance,
        String text,
        String context,
        int firstLine,
        int lastLine,
        boolean inTask,
        boolean userFault) {

    String message() {
        return context.isEmpty() ? text : text + "\n" + context;
    }
}
