package org.emrelay.stepprocess.steps;

import java.io.IOException;

/** Starts a process that sends itself what Ctrl-C sends. */
public final class InterruptsChild {

    private InterruptsChild() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new ProcessBuilder("sh", "-c", "kill -INT $$; echo survived")
                .inheritIO()
                .start()
                .waitFor());
    }
}
