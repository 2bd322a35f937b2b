package org.emrelay.runner.diagnosis;

/**
 * A record that may tell why the step failed.
 *
 * @param toldToUser whether it says by itself what to do
 */
record Candidate(
        Relevance weight,
        String text,
        String addition,
        int firstLine,
        int lastLine,
        boolean inTask,
        boolean toldToUser) {

    String message() {
        return addition.isEmpty() ? text : text + "\n" + addition;
    }
}
