package org.emrelay.stepprocess.steps;

/** Calls System.exit in a shutdown hook, where it never returns. */
public final class HangsInShutdownHook {

    private HangsInShutdownHook() {}

    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println(ProcessHandle.current().pid());
            System.exit(5);
        }));
    }
}
