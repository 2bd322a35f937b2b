/** The page that shows the topics of posts, with evidence and limitations. */
@NullMarked
package org.emrelay.jobs.topics.page;

import org.jspecify.annotations.NullMarked;
