package endtoend;

/** Exits its process with a given code. */
public final class ExitWithCode {
    public static void main(String[] arguments) {
        System.exit(Integer.parseInt(new Flags(arguments).text("code")));
    }
}
