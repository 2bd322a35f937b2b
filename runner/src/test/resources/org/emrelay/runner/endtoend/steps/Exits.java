package endtoend;

/** Ends its process by itself, with the code that it is told. */
public final class Exits {
    public static void main(String[] arguments) {
        System.exit(Integer.parseInt(new Flags(arguments).text("code")));
    }
}
