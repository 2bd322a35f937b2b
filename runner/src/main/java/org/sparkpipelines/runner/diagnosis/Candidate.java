package org.sparkpipelines.runner.diagnosis;

/** A record that may tell why the step failed. */
record Candidate(Weight weight, String text, String addition, int firstLine, int lastLine, boolean inTask) {

    String message() {
        return addition.isEmpty() ? text : text + "\n" + addition;
    }
}
