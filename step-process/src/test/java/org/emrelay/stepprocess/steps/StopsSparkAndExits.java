package org.emrelay.stepprocess.steps;

/** Ends in good order, but with System.exit(0). */
public final class StopsSparkAndExits {

    private StopsSparkAndExits() {}

    public static void main(String[] args) {
        CountsRows.main(args);
        System.exit(0);
    }
}
