package org.emrelay.stepprocess.steps;

/** Ends by System.exit, as many jobs do, after it has written. */
public final class WritesRowsAndExits {

    private WritesRowsAndExits() {}

    public static void main(String[] args) {
        WritesRows.main(args);
        System.exit(3);
    }
}
