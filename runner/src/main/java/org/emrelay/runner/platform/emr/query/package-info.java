/** Read-only queries about clusters: lists, descriptions, costs and console links. */
@NullMarked
package org.emrelay.runner.platform.emr.query;

import org.jspecify.annotations.NullMarked;
