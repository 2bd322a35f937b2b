package org.emrelay.jobs.wordclouds.clouds;

/** The size of a shape: its area and its longest horizontal and vertical runs. */
record ShapeExtent(double area, int width, int height) {

    static ShapeExtent of(Mask mask) {
        long area = 0;
        int maxWidth = 0;
        int maxHeight = 0;
        int[] columnRuns = new int[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            int rowRun = 0;
            for (int x = 0; x < mask.width(); x++) {
                boolean isOpen = mask.isOpen(x, y);
                rowRun = isOpen ? rowRun + 1 : 0;
                columnRuns[x] = isOpen ? columnRuns[x] + 1 : 0;
                area += isOpen ? 1 : 0;
                maxWidth = Math.max(maxWidth, rowRun);
                maxHeight = Math.max(maxHeight, columnRuns[x]);
            }
        }
        return new ShapeExtent(area, maxWidth, maxHeight);
    }
}
