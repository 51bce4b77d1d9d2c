/// The protobuf bodies that `kubectl create` sends.
package theater.laptop.api.protobuf;
