package org.emrelay.stepprocess.steps;

import java.util.concurrent.CountDownLatch;

/** Returns while a non-daemon thread of it still runs. */
public final class LeaksThread {

    private LeaksThread() {}

    public static void main(String[] args) {
        CountDownLatch never = new CountDownLatch(1);
        new Thread(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                })
                .start();
        System.out.println("returning");
    }
}
