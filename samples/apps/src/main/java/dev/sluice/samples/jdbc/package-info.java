/** Databases by JDBC: their URLs, their connections, and what their errors say. */
@NullMarked
package dev.sluice.samples.jdbc;

import org.jspecify.annotations.NullMarked;
