/** The flags that Emrelay passes to a program: --name value. */
final class Flags {
    private Flags() {}

    static String get(String[] args, String flag) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals(flag)) {
                return args[i + 1];
            }
        }
        throw new IllegalArgumentException(flag + " is missing");
    }
}
