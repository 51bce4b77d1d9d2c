/// What the API server and a node agent say to each other about `exec` and `attach`.
package theater.laptop.streams;
