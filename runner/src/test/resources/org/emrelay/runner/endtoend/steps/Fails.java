package endtoend;

/** Fails for a reason that lies below the exception that it throws. */
public final class Fails {
    public static void main(String[] arguments) {
        try {
            drink();
        } catch (IllegalStateException exception) {
            throw new RuntimeException("no tea today", exception);
        }
    }

    private static void drink() {
        throw new IllegalStateException("the well is dry");
    }
}
